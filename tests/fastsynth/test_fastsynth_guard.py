"""typeguard checks as ever, and a program without mocks does not load what mocks need."""

from __future__ import annotations

import subprocess
import sys

from tests.fastsynth.synth_runs import ROOT

WITHOUT = """
import sys
from fastsynth.guard import imported, meet_mocks
typeguard = imported()
print([name for name in ("unittest", "unittest.mock", "asyncio", "ssl") if name in sys.modules])
from unittest.mock import Mock
meet_mocks(typeguard)
typeguard.check_type("name", Mock(), int)
try:
    typeguard.check_type("name", "text", int)
except TypeError as error:
    print(error)
"""
AFTER = """
from unittest.mock import Mock
from fastsynth.guard import imported, meet_mocks
typeguard = imported()
meet_mocks(typeguard)
print(typeguard.Mock is Mock)
"""


def ran(program: str) -> str:
    """What a program of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def test_mocks_are_met_when_there_are_any() -> None:
    """A team's own tests put mocks where constructs are expected: that works, and is free where there are none."""
    assert ran(WITHOUT) == "[]\ntype of name must be int; got str instead\n"


def test_mocks_that_are_there_already_are_used() -> None:
    """A program that imported them first gets typeguard as it is."""
    assert ran(AFTER) == "True\n"
