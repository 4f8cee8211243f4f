"""What fastsynth's cache costs: the first run ever, one with the provider's archive made anew, and a warm one."""

from __future__ import annotations

import shutil
import sys
from dataclasses import asdict
from typing import Any

from benchmarks import installed
from benchmarks.measure import Case, interleaved, median
from delivery.toolchain import ROOT
from fastsynth.cache import size_of

ROUNDS = 5
CACHES = installed.FOLDER / "caches"
WARM, EMPTY, ARCHIVE = (
    "a warm cache",
    "first run ever: the cache is empty",
    "only the provider's archive is to be made small",
)


def measure() -> dict[str, Any]:
    """Medians of main.py by the state of the cache, and the bytes of what is kept."""
    shutil.rmtree(CACHES, ignore_errors=True)
    CACHES.mkdir(parents=True)
    cases = [
        _case(WARM, f"{CACHES}/warm", "true"),
        _case(EMPTY, f"$(mktemp -d {CACHES}/empty-XXXXXX)", "true"),
        _case(ARCHIVE, f"{CACHES}/archive", 'rm -rf "$XDG_CACHE_HOME/fastsynth/packages"'),
    ]
    samples = interleaved(cases, ROUNDS)
    kept = CACHES / "warm/fastsynth"
    return {
        "runs": {name: asdict(median(runs)) for name, runs in samples.items()},
        "mib": {"all": size_of(kept) / 2**20, **{part.name: size_of(part) / 2**20 for part in sorted(kept.iterdir())}},
    }


def _case(name: str, cache: str, first: str) -> Case:
    """main.py with a cache of its own, after `first`, which takes a few milliseconds.

    An empty cache is a new folder: thousands of files are made more slowly just after as many were removed.
    """
    return Case(
        name,
        ["sh", "-c", f'export XDG_CACHE_HOME={cache}; {first}; exec "$0" main.py', sys.executable],
        ROOT,
        {**installed.compiling(), "CDKTF_OUTDIR": str(installed.FOLDER / "out/first")},
    )
