"""docs/benchmarks.md: a section for each part, of which some are measured and written anew and the others stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from benchmarks import check, review, synth_page
from benchmarks.growth import exponent

PARTS = ("start", "check", "review", "first-run", "peers", "growth-synth", "deployment", "growth", "suite")
LONG_SECONDS = 10
SECTION = re.compile(r"^<!-- ([a-z-]+) -->\n(.*?)(?=^<!-- |\Z)", re.DOTALL | re.MULTILINE)
TOP = """# Benchmarks

Written by `make bench`, never by hand. Absolute figures are one machine's on one day; ratios say more.
"""


def page(old: str, measured: Mapping[str, Mapping[str, Any]]) -> str:
    """The old page with the sections of what was measured now; a section is below the comment with its part's name."""
    written = {
        "start": synth_page.start,
        "check": check.section,
        "review": review.section,
        "first-run": synth_page.first_run,
        "peers": synth_page.peers,
        "growth-synth": synth_page.growth_synth,
        "deployment": _deployment,
        "growth": _growth,
        "suite": _suite,
    }
    sections = {part: text.strip() for part, text in SECTION.findall(old)}
    for part, result in measured.items():
        lines = [*written[part](result["figures"]), "", f"Measured on: {result['machine']}."]
        sections[part] = "\n".join(lines)
    return TOP + "".join(f"\n<!-- {part} -->\n{sections[part]}\n" for part in PARTS if part in sections)


def _deployment(figures: Mapping[str, Any]) -> list[str]:
    waits = sorted(figures["waits"].items(), key=lambda one: (-one[1], one[0]))
    return [
        "## A deployment to the emulator",
        "",
        "One run. Nearly all of it is waiting: the emulator answers at once, the provider polls and sleeps as on AWS.",
        "",
        "| step | wall s |",
        "|---|---:|",
        *(f"| {step} | {seconds:.0f} |" for step, seconds in figures["steps"].items()),
        "",
        *([f"The largest process had {figures['peak_mib']:.0f} MiB.", ""] if "peak_mib" in figures else []),
        f"The longest wait of each type of resource that took {LONG_SECONDS} s or more:",
        "",
        "| type | s |",
        "|---|---:|",
        *(f"| {kind} | {seconds} |" for kind, seconds in waits if seconds >= LONG_SECONDS),
    ]


def _growth(figures: Mapping[str, float]) -> list[str]:
    points = [(float(size), seconds) for size, seconds in figures.items()]
    return [
        "## Growth of the connectivity proofs",
        "",
        "All flows and all negative proofs of one network; the largest has 200 subnets and 1,000 security groups.",
        "",
        "| security group rules | CPU s |",
        "|---:|---:|",
        *(f"| {size:,.0f} | {seconds:.2f} |" for size, seconds in points),
        "",
        f"Exponent of the growth: {exponent(points):.2f} (1 is linear).",
        "",
        "![CPU seconds by the number of rules, both axes logarithmic](growth.svg)",
    ]


def _suite(figures: Mapping[str, Any]) -> list[str]:
    return [
        "## The whole test suite, real deployments included",
        "",
        f"`make test`: {figures['wall_seconds'] / 60:.1f} minutes of wall clock.",
        f"Of CPU {figures['cpu_seconds'] / 60:.1f} minutes; the largest process had {figures['peak_mib']:.0f} MiB.",
    ]
