"""`make bench`: measures side by side and writes docs/benchmarks.md.

`make bench BENCH="start growth"` measures these parts again and leaves the others:
start, check, review, first-run, peers, growth-synth, deployment, growth, suite.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from benchmarks import check, deployment, first_run, growth, growth_synth, peers, review, start, synth_page
from benchmarks.measure import Case, interleaved, median, run
from benchmarks.page import PARTS, page
from delivery.toolchain import ROOT, WORK, find

ROUNDS = 5
FILE = ROOT / "docs/benchmarks.md"
PICTURE = ROOT / "docs/growth.svg"
PICTURE_OF_SYNTH = ROOT / "docs/growth-synth.svg"


def start_up() -> dict[str, Any]:
    """What a person waits for in every edit."""
    return {name: asdict(median(samples)) for name, samples in interleaved(start.cases(), ROUNDS).items()}


def suite() -> dict[str, Any]:
    """The whole test suite."""
    log = WORK / "suite.log"
    return asdict(run(Case("make test", ["/bin/sh", "-c", f"make test > '{log}' 2>&1"], ROOT, dict(os.environ))))


def main(arguments: list[str]) -> None:
    """Measure the named parts, or all, and write their sections of the page; the others stay as they are."""
    measured: dict[str, Callable[[], dict[str, Any]]] = {
        "start": start_up,
        "check": check.measure,
        "review": review.measure,
        "first-run": first_run.measure,
        "peers": lambda: peers.measure(find(os.environ)),
        "growth-synth": growth_synth.measure,
        "deployment": deployment.measure,
        "growth": growth.measure,
        "suite": suite,
    }
    (WORK / "bench/out").mkdir(parents=True, exist_ok=True)
    for part in arguments or PARTS:
        figures = measured[part]()
        FILE.write_text(page(FILE.read_text("utf-8"), {part: {"machine": machine(), "figures": figures}}), "utf-8")
        if part == "growth":
            points = [(float(size), seconds) for size, seconds in figures.items()]
            PICTURE.write_text(growth.picture(points, "security group rules"), encoding="utf-8")
        if part == "growth-synth":
            drawn = growth.picture(synth_page.points(figures), "resources")
            PICTURE_OF_SYNTH.write_text(drawn, encoding="utf-8")


def machine() -> str:
    """What it was measured on, and when."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}, "
        f"Python {platform.python_version()}, cdktf {version('cdktf')}, "
        f"bindings {version('cdktf-cdktf-provider-aws')}, jsii {version('jsii')}, moto {version('moto')}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
