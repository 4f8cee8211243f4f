"""`make bench`: measures side by side and writes docs/benchmarks.md.

`make bench BENCH="start growth"` measures these parts again and keeps the others:
start, check, review, first-run, peers, growth-synth, deployment, growth, suite.
"""

from __future__ import annotations

import json
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
KEPT = WORK / "bench"


def start_up() -> dict[str, Any]:
    """What a person waits for in every edit."""
    return {name: asdict(median(samples)) for name, samples in interleaved(start.cases(), ROUNDS).items()}


def suite() -> dict[str, Any]:
    """The whole test suite."""
    log = WORK / "suite.log"
    return asdict(run(Case("make test", ["/bin/sh", "-c", f"make test > '{log}' 2>&1"], ROOT, dict(os.environ))))


def main(arguments: list[str]) -> None:
    """Measure the named parts, or all, and write the page from what is kept."""
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
    (KEPT / "out").mkdir(parents=True, exist_ok=True)
    for part in arguments or PARTS:
        result = {"machine": machine(), "figures": measured[part]()}
        (KEPT / f"{part}.json").write_text(json.dumps(result, indent=2), encoding="utf-8")
    kept = {part: json.loads(file.read_text()) for part in PARTS if (file := KEPT / f"{part}.json").exists()}
    FILE.write_text(page(kept), encoding="utf-8")
    if "growth" in kept:
        points = [(float(size), seconds) for size, seconds in kept["growth"]["figures"].items()]
        PICTURE.write_text(growth.picture(points, "security group rules"), encoding="utf-8")
    if "growth-synth" in kept:
        points = synth_page.points(kept["growth-synth"]["figures"])
        PICTURE_OF_SYNTH.write_text(growth.picture(points, "resources"), encoding="utf-8")


def machine() -> str:
    """What it was measured on, and when."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}, "
        f"Python {platform.python_version()}, cdktf {version('cdktf')}, "
        f"bindings {version('cdktf-cdktf-provider-aws')}, jsii {version('jsii')}, moto {version('moto')}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
