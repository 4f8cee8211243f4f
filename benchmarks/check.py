"""planproof check beside the scanners people use: the same plans, in one run, small and large.

Every tool has a virtual environment of its own under .make/bench, made on demand in the versions below. Every
run is a new process; its CPU is that of all it starts. What takes a minute is run once, and the page says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from benchmarks.growth import exponent
from benchmarks.measure import Case, Sample, median, run
from delivery.toolchain import ROOT, WORK

FOLDER: Final = WORK / "bench/check"
PEERS: Final = {"Checkov": "checkov==3.3.30", "tf-nag": "tf-nag==0.1.6", "pyrrho": "pyrrho==0.2.1"}
ARGUMENTS: Final = {
    "planproof": ("planproof", "check", "{plan}"),
    "Checkov": ("checkov", "-f", "{plan}", "--framework", "terraform_plan", "--skip-download", "--compact", "--quiet"),
    "tf-nag": ("tf-nag", "scan", "--plan-json", "{plan}"),
    "pyrrho": ("pyrrho", "{plan}"),
}
COPIES: Final = (1, 4, 16, 41, 55)
COMPARED: Final = (1, 4, 55)
"""Of which all tools are given the plan; the others only show how planproof grows."""

ROUNDS, ROUNDS_OF_LARGE, SMALL, PATIENCE = 5, 3, 4, 60
OURS: Final = "planproof"
NOTHING: Final = Sample(0, 0, 0)
FINDINGS_ARE_FINE: Final = ("/bin/sh", "-c", '"$@" || [ $? -eq 1 ]', "sh")


def measure(copies: Sequence[int] = COPIES, compared: Sequence[int] = COMPARED) -> dict[str, Any]:
    """CPU and memory of each tool on each plan, and of planproof on a plan with one resource.

    The plans are written by a process of their own: the memory of the one that starts a program counts as its own.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.large_plan", str(FOLDER), *map(str, copies)]
    counts = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    programs = {OURS: str(Path(sys.executable).parent / "planproof"), **{name: _installed(name) for name in PEERS}}
    sizes = {}
    for number, resources in zip(copies, counts, strict=True):
        file = FOLDER / f"plan-{number}.json"
        names = tuple(programs) if number in compared else (OURS,)
        sizes[resources] = {
            "mb": file.stat().st_size / 1e6,
            "tools": _side_by_side([_case(name, programs[name], file) for name in names], small=number <= SMALL),
        }
        if number > SMALL:
            file.unlink()
    return {
        "one": _side_by_side([_case(OURS, programs[OURS], FOLDER / "plan-of-one.json")], small=True)[OURS],
        "sizes": sizes,
    }


def _case(name: str, program: str, plan: Path) -> Case:
    arguments = [program, *(word.format(plan=plan) for word in ARGUMENTS[name][1:])]
    return Case(name, [*FINDINGS_ARE_FINE, *arguments], FOLDER, _variables())


def _variables() -> dict[str, str]:
    """Ours, with Python free to keep what it compiled: for all tools alike."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _side_by_side(cases: Sequence[Case], *, small: bool) -> dict[str, dict[str, Any]]:
    """Medians by program, one round after the other; the first run of each only warms the caches if it is short.

    A program that fails has no runs.
    """
    samples: dict[str, list[Sample]] = {case.name: _first(case) for case in cases}
    quick = [case for case in cases if samples[case.name] and samples[case.name][0].cpu_seconds < PATIENCE]
    for case in quick:
        samples[case.name].clear()
    for _ in range(ROUNDS if small else ROUNDS_OF_LARGE):
        for case in quick:
            samples[case.name].append(run(case))
    return {
        name: {**(asdict(median(found)) if found else asdict(NOTHING)), "runs": len(found)}
        for name, found in samples.items()
    }


def _first(case: Case) -> list[Sample]:
    try:
        return [run(case)]
    except RuntimeError as error:
        print(error, flush=True)
        return []


def _installed(name: str) -> str:
    """The program of a tool, in its pinned version. Raises CalledProcessError when it cannot be installed."""
    folder, package = FOLDER / ARGUMENTS[name][0], PEERS[name]
    done = folder / "installed.txt"
    if not done.is_file() or done.read_text(encoding="utf-8") != package:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, package], check=True, env=_variables())
        done.write_text(package, encoding="utf-8")
    return str(folder / "bin" / ARGUMENTS[name][0])


def section(figures: Mapping[str, Any]) -> list[str]:
    """The part of the page."""
    lines = [
        "## planproof check, beside other scanners",
        "",
        "The plan that creates staging, made by Terraform, repeated under other addresses, names and networks. CPU is",
        f"user and system time of all processes. Versions: {', '.join(PEERS.values())}. Medians.",
        "",
        "| resources | MB | tool | CPU s | of planproof's | peak MiB | runs |",
        "|---:|---:|---|---:|---:|---:|---:|",
    ]
    for resources, one in figures["sizes"].items():
        ours = one["tools"][OURS]["cpu_seconds"]
        for name, found in one["tools"].items():
            start = f"| {int(resources):,} | {one['mb']:.1f} | {name} "
            if not found["runs"]:
                lines.append(f"{start}| failed | | | 0 |")
                continue
            ratio, peak = found["cpu_seconds"] / ours, found["peak_mib"]
            lines.append(f"{start}| {found['cpu_seconds']:.2f} | {ratio:.1f} | {peak:.0f} | {found['runs']} |")
    return [
        *lines,
        "",
        f"Growth of planproof with the number of resources: exponent {growth(figures):.2f} (1 is linear),",
        f"the {figures['one']['cpu_seconds']:.2f} s taken off that a plan of one resource takes.",
    ]


def growth(figures: Mapping[str, Any]) -> float:
    """The exponent of planproof's CPU beyond its start, by the number of resources."""
    start = figures["one"]["cpu_seconds"]
    return exponent(
        [(float(size), one["tools"][OURS]["cpu_seconds"] - start) for size, one in figures["sizes"].items()]
    )
