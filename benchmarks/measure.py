"""Wall time, CPU time and memory of a program with everything it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KIB_PER_MIB = 1024


@dataclass(frozen=True)
class Sample:
    """One run: seconds of wall clock and of CPU, and the memory of the largest process in MiB."""

    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Case:
    """A program to measure."""

    name: str
    command: Sequence[str]
    folder: Path
    variables: Mapping[str, str]


def run(case: Case) -> Sample:
    """Run once. Raises RuntimeError with the program's last words when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(
        list(case.command),
        cwd=case.folder,
        env=dict(case.variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for above
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(f"{case.name} ended with {process.returncode}:\n{said[-2000:].decode(errors='replace')}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / KIB_PER_MIB)


def interleaved(cases: Sequence[Case], rounds: int) -> dict[str, list[Sample]]:
    """Run every case once a round, so that what else the machine does falls on all of them alike."""
    samples: dict[str, list[Sample]] = {case.name: [] for case in cases}
    for case in cases:
        run(case)
    for _ in range(rounds):
        for case in cases:
            samples[case.name].append(run(case))
    return samples


def median(samples: Sequence[Sample]) -> Sample:
    """The median of each figure by itself."""
    return Sample(
        statistics.median(one.wall_seconds for one in samples),
        statistics.median(one.cpu_seconds for one in samples),
        statistics.median(one.peak_mib for one in samples),
    )
