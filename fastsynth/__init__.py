"""Synthesis without CDKTF Python's start-up tax: `import fastsynth` before anything of CDKTF.

A provider's Python package is imported namespace by namespace instead of all
2,000 at once, and its JavaScript likewise. A program that asks what it asked
in its last run does not wait for the answers. What is synthesised is the same,
byte for byte. Whenever something is not as expected, one line on stderr says
so and CDKTF runs as if this package did not exist.

A program that does more after its last synthesis may call `fastsynth.release()`:
Node then ends meanwhile. `fastsynth.as_before()` tells whether this run has been like the last one so far.

`FASTSYNTH=off` in the environment switches it off.
"""

from fastsynth.switch import as_before, install, release

__all__ = ["as_before", "release"]

install()
