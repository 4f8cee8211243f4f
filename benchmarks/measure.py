"""Wall time, CPU time and memory of a program with everything it starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KIB_PER_MIB = 1024
STARTER = """\
import os, sys, time
told, *command = sys.argv[1:]
os.set_inheritable(int(told), False)
started = time.perf_counter()
pid = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - started
os.write(int(told), f"{wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}".encode())
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Starts a program and tells its wall and CPU seconds and the KiB of its largest process."""


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
    """Run once. Raises RuntimeError with the program's last words when it fails.

    A small process starts it: to Linux, what the starting process holds belongs to the memory of the started one.
    """
    heard, told = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", STARTER, str(told), *case.command],
        cwd=case.folder,
        env=dict(case.variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(told,),
    ) as process:
        os.close(told)
        said, _ = process.communicate()
    with os.fdopen(heard) as answer:
        figures = answer.read().split()
    if process.returncode != 0 or not figures:
        raise RuntimeError(f"{case.name} ended with {process.returncode}:\n{said[-2000:].decode(errors='replace')}")
    wall, cpu, kib = map(float, figures)
    return Sample(wall, cpu, kib / KIB_PER_MIB)


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
