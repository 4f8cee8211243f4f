"""`make bench`: measures everything side by side and writes docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import deployment, start
from benchmarks.measure import Case, Sample, interleaved, median, run
from delivery.toolchain import ROOT, find

ROUNDS = 5
FILE = ROOT / "docs/benchmarks.md"
LONG_SECONDS = 10


def main(arguments: list[str]) -> None:
    """Measure and write; `--without-suite` leaves out the test suite, which takes the longest."""
    tools = find(os.environ)
    cases = start.cases(tools)
    run(cases[0])  # terraform validate needs the JSON, and the provider beside it
    run(Case("init", [tools.terraform, "init", "-backend=false"], cases[4].folder, tools.variables))
    figures = {name: median(samples) for name, samples in interleaved(cases, ROUNDS).items()}
    steps, waits = deployment.measure()
    suite = None
    if "--without-suite" not in arguments:
        suite = run(Case("make test", ["make", "test"], ROOT, dict(os.environ)))
    FILE.write_text(page(figures, steps, waits, suite), encoding="utf-8")


def page(figures: dict[str, Sample], steps: dict[str, float], waits: dict[str, int], suite: Sample | None) -> str:
    """The page, with what it was measured on."""
    first = next(iter(figures.values()))
    long = sorted(
        ((kind, seconds) for kind, seconds in waits.items() if seconds >= LONG_SECONDS), key=lambda one: -one[1]
    )
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`, never by hand. Absolute figures are one machine's on one day; ratios say more.",
            "",
            (
                f"- {datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
                f"load {os.getloadavg()[1]:.1f}, Python {platform.python_version()}"
            ),
            (
                f"- cdktf {version('cdktf')}, bindings {version('cdktf-cdktf-provider-aws')}, jsii {version('jsii')}, "
                f"moto {version('moto')}"
            ),
            "",
            f"## What a person waits for in every edit (median of {ROUNDS}, interleaved, warm)",
            "",
            "| program | wall s | CPU s | largest process MiB | wall, of the first |",
            "|---|---:|---:|---:|---:|",
            *(
                f"| {name} | {one.wall_seconds:.2f} | {one.cpu_seconds:.2f} | {one.peak_mib:.0f} "
                f"| {one.wall_seconds / first.wall_seconds:.2f} |"
                for name, one in figures.items()
            ),
            "",
            "## A deployment to the emulator (one run)",
            "",
            "| step | wall s |",
            "|---|---:|",
            *(f"| {step} | {seconds:.0f} |" for step, seconds in steps.items()),
            "",
            "Nearly all of it is waiting: the emulator answers at once, but the provider polls and sleeps as on AWS.",
            f"Types of resources that took {LONG_SECONDS} s or more, the longest of each:",
            "",
            "| type | s |",
            "|---|---:|",
            *(f"| {kind} | {seconds} |" for kind, seconds in long),
            "",
            *_suite(suite),
        ]
    )


def _suite(suite: Sample | None) -> list[str]:
    if suite is None:
        return []
    return [
        "## The whole test suite, two real deployments included",
        "",
        (
            f"`make test`: {suite.wall_seconds / 60:.1f} minutes of wall clock, {suite.cpu_seconds / 60:.1f} of CPU, "
            f"largest process {suite.peak_mib:.0f} MiB."
        ),
        "",
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(sys.argv[1:])
