"""The parts of docs/benchmarks.md about synthesis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks import installed
from benchmarks.growth import exponent


def start(figures: Mapping[str, Any]) -> list[str]:
    """What a person waits for."""
    return [
        "## What a person waits for in every edit",
        "",
        "Medians of five, interleaved, caches warm, every process new.",
        "",
        *_table(figures),
    ]


def first_run(figures: Mapping[str, Any]) -> list[str]:
    """What the cache costs."""
    runs, mib = figures["runs"], figures["mib"]
    warm, empty, archive = (one["wall_seconds"] for one in runs.values())
    return [
        "## The first run ever",
        "",
        "`python main.py`, gate included. Medians of five, interleaved.",
        "",
        *_table(runs),
        "",
        f"The first run takes {empty - warm:.1f} s more, of which {archive - warm:.1f} s go into making",
        "the provider's archive small.",
        f"The cache then holds {mib['all']:.0f} MiB: "
        + ", ".join(f"{name} {size:.0f}" for name, size in mib.items() if name != "all")
        + ".",
    ]


def peers(figures: Mapping[str, Any]) -> list[str]:
    """Ours beside what else one could use."""
    first = next(iter(figures.values()))["wall_seconds"]
    versions = ", ".join([*installed.JAVASCRIPT[:2], *installed.CDKTN, installed.AWS_CDK[0]])
    return [
        "## The same resources, synthesised by others",
        "",
        "Medians, interleaved in one run, caches warm, every process new, all on the same Node. Programs that take",
        "more than 20 s run three times, the others five. All make three environments and their state stacks.",
        "",
        "| program | runs | wall s | CPU s | largest process MiB | wall, of the first | resources made |",
        "|---|---:|---:|---:|---:|---:|---|",
        *(
            f"| {name} | {one['runs']} | {one['wall_seconds']:.2f} | {one['cpu_seconds']:.2f} | {one['peak_mib']:.0f} "
            f"| {one['wall_seconds'] / first:.2f} | {one['resources']} |"
            for name, one in figures.items()
        ),
        "",
        f"Versions: {versions}; ours is CDKTF too, at the versions below.",
        "",
        "- *cdktn* runs our own Python program: each import of CDKTF gives the module of the same name of its fork.",
        "  Its bindings are of a later AWS provider.",
        "- *CDKTF in JavaScript* reads our JSON and makes every resource by its class. References are text already, so",
        "  it reads no attribute, loads no settings and computes no policy: it does less than our program.",
        "- *AWS CDK* makes as many resources of the nearest types of CloudFormation, without its validation. What is a",
        "  resource in Terraform and a property in CloudFormation is one more resource of the type with the property.",
        "  Text, numbers and switches of the same name are given, and a sample of what is required.",
        "- *The same* are resources that are equal to ours but for what CDKTF notes about itself.",
    ]


def growth_synth(figures: Mapping[str, Any]) -> list[str]:
    """Time by the number of resources."""
    counted = {size: one for size, one in figures.items() if size != "0"}
    return [
        "## Growth of synthesis",
        "",
        "Resources of ten kinds in one stack, each with a reference and tags, with fastsynth; medians of three.",
        f"The start, which is the program without a resource, takes {figures['0']['cpu_seconds']:.2f} s of CPU.",
        "",
        "| resources | CPU s | CPU s beyond the start | wall s | largest process MiB |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {int(size):,} | {one['cpu_seconds']:.2f} | {one['own_cpu_seconds']:.2f} "
            f"| {one['wall_seconds']:.2f} | {one['peak_mib']:.0f} |"
            for size, one in counted.items()
        ),
        "",
        f"Exponent of the growth beyond the start: {exponent(points(figures)):.2f} (1 is linear).",
        "",
        "![CPU seconds beyond the start by the number of resources, both axes logarithmic](growth-synth.svg)",
    ]


def points(figures: Mapping[str, Any]) -> list[tuple[float, float]]:
    """What the picture of the growth shows."""
    return [(float(size), one["own_cpu_seconds"]) for size, one in figures.items() if size != "0"]


def _table(figures: Mapping[str, Any]) -> list[str]:
    first = next(iter(figures.values()))["wall_seconds"]
    return [
        "| program | wall s | CPU s | largest process MiB | wall, of the first |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {one['wall_seconds']:.2f} | {one['cpu_seconds']:.2f} | {one['peak_mib']:.0f} "
            f"| {one['wall_seconds'] / first:.2f} |"
            for name, one in figures.items()
        ),
    ]
