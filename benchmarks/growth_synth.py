"""How synthesis grows with the number of resources: CPU seconds of Python and Node from 150 to 5,000 in one stack."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks import installed
from benchmarks.measure import Case, interleaved
from delivery.toolchain import ROOT

PROGRAM = Path(__file__).parent / "programs/many.py"
SIZES = (0, 150, 500, 1_000, 2_000, 5_000)
ROUNDS = 3


def measure() -> dict[str, Any]:
    """By the number of resources: CPU and wall seconds, peak memory, and CPU beyond that of no resource at all."""
    variables = {**installed.compiling(), "PYTHONPATH": str(ROOT)}
    cases = [
        Case(
            str(size),
            [sys.executable, str(PROGRAM), str(size), str(installed.FOLDER / f"out/many-{size}")],
            ROOT,
            variables,
        )
        for size in SIZES
    ]
    (installed.FOLDER / "out").mkdir(parents=True, exist_ok=True)
    samples = interleaved(cases, ROUNDS)
    nothing = statistics.median(one.cpu_seconds for one in samples["0"])
    return {
        size: {
            "cpu_seconds": (cpu := statistics.median(one.cpu_seconds for one in runs)),
            "own_cpu_seconds": cpu - nothing,
            "wall_seconds": statistics.median(one.wall_seconds for one in runs),
            "peak_mib": statistics.median(one.peak_mib for one in runs),
        }
        for size, runs in samples.items()
    }
