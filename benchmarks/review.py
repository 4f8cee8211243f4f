"""planproof review beside the tools that read plans: the same plans, in one run, and what each names of them.

Every tool has a virtual environment of its own under .make/bench, made on demand in the versions below. A tool
names a plan when it raises one of the resources that a platform engineer would want to be told of above the level
it gives to every change; listing all changes is not naming. What counts for each tool is said in `named`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from benchmarks.installed import FOLDER, compiling, virtual
from benchmarks.measure import Case, median, run
from delivery.toolchain import ROOT
from tests.review import plans
from tests.review.expected import EXPECTED, Expected
from tests.review.fleet import fleet

PEERS: Final = {
    "pyrrho": "pyrrho==0.2.1",
    "readtheplan": "readtheplan==0.4.0",
    "tf-peek": "tf-peek==1.3.0",
    "blastcheck": "blastcheck==0.8.0",
}
OURS: Final = "planproof review"
ARGUMENTS: Final = {
    OURS: ("review", "{plan}", "--format", "json"),
    "pyrrho": ("--format", "json", "{plan}"),
    "readtheplan": ("analyze", "--format", "json", "{plan}"),
    "tf-peek": ("{plan}",),
    "blastcheck": ("--json", "{plan}"),
}
LOUD: Final = frozenset({"dangerous", "irreversible", "destructive", "critical"})
QUIET: Final = frozenset({"unknown", "not_verified", "unchanged", "no_data_loss", "none", "reversible", "narrowed"})
ROUNDS: Final = 5
COPIES: Final = 17
ANY_EXIT: Final = ("/bin/sh", "-c", '"$@"; true', "sh")


WORDS: Final = (
    "{number} plans that real Terraform made of single and combined changes to staging (tests/review/plans). A plan is "
    "named when the tool raises a resource that the change is dangerous for above the level it gives to every change; "
    "a safe plan is raised when it raises anything. blastcheck calls whatever it cannot see unknown, which is not "
    "counted; readtheplan's `review` stands on every update, and is not either; tf-peek's critical changes are "
    "whatever its reader configures, by default nothing."
)


def measure() -> dict[str, Any]:
    """How many plans each tool names, how many safe ones it raises, and its CPU on a small and on a huge plan."""
    folder = FOLDER / "review"
    folder.mkdir(parents=True, exist_ok=True)
    programs = {OURS: Path(sys.executable).parent / "planproof"}
    programs |= {name: virtual(name, (package,)).parent / name for name, package in PEERS.items()}
    figures: dict[str, Any] = {name: {"named": 0, "raised": 0} for name in programs}
    risky = [one for one in EXPECTED if one.verdict != "safe"]
    safe = [one for one in EXPECTED if one.verdict == "safe"]
    for one in EXPECTED:
        file = folder / f"{one.environment}.json"
        file.write_text(json.dumps(plans.plan(one.name)), encoding="utf-8")
        for name, program in programs.items():
            told = named(name, _said(name, program, file))
            if one.verdict == "safe":
                figures[name]["raised"] += bool(told)
            else:
                figures[name]["named"] += _meets(told, one)
    huge = folder / "fleet.json"
    huge.write_text(json.dumps(fleet(COPIES).raw), encoding="utf-8")
    small = folder / "staging.json"
    small.write_text(json.dumps(plans.plan("every-tag")), encoding="utf-8")
    for size, file in (("small", small), ("huge", huge)):
        for name, program in programs.items():
            arguments = [*ANY_EXIT, str(program), *(word.format(plan=file) for word in ARGUMENTS[name])]
            samples = [run(Case(name, arguments, ROOT, compiling())) for _ in range(ROUNDS)]
            figures[name][size] = asdict(median(samples))
    return {"tools": figures, "risky": len(risky), "safe": len(safe), "changes": len(fleet(COPIES).changes)}


def _said(name: str, program: Path, file: Path) -> str:
    arguments = [str(program), *(word.format(plan=file) for word in ARGUMENTS[name])]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False, env=compiling()).stdout


def named(name: str, said: str) -> set[str]:
    """The addresses and names that a tool raises."""
    if name == "tf-peek":
        critical = said.partition("Critical Changes")[2].partition("\n## ")[0]
        return {word.strip("*<b>/`") for word in critical.split() if "aws_" in word}
    try:
        raw = json.loads(said)
    except ValueError:
        return set()
    if name == OURS:
        return {
            f"{line['where']} {line['address']}"
            for plan in raw["plans"]
            for section in plan["effects"]
            if section["level"] != "safe"
            for line in section["lines"]
        } | {part[0] for plan in raw["plans"] if plan["verdict"] != "safe" for part in plan["cost"]["parts"]}
    if name == "pyrrho":
        return {str(one["resource"]) for one in raw["findings"] if one["severity"] != "info"}
    if name == "readtheplan":
        return {str(one["address"]) for one in raw["changes"] if one["risk"] in LOUD}
    return {
        str(one["address"])
        for one in raw.get("changes", [])
        if any(isinstance(value, Mapping) and str(value.get("value")) not in QUIET for value in _judged(one))
    }


def _judged(change: Mapping[str, Any]) -> list[Any]:
    """What blastcheck says of one change, dimension by dimension."""
    return [value for value in change.values() if isinstance(value, Mapping) and "value" in value]


def _meets(told: set[str], expected: Expected) -> bool:
    return any(fragment in words for _, fragment in expected.effects for words in told)


def section(figures: Mapping[str, Any]) -> list[str]:
    """The part of docs/benchmarks.md."""
    rows = [
        f"| {name} | {one['named']} of {figures['risky']} | {one['raised']} of {figures['safe']} "
        f"| {one['small']['cpu_seconds']:.2f} | {one['huge']['cpu_seconds']:.2f} |"
        for name, one in figures["tools"].items()
    ]
    return [
        "## Plan review beside its peers",
        "",
        WORDS.format(number=figures["risky"] + figures["safe"]),
        "",
        f"| tool | dangerous named | safe raised | CPU s, one platform | CPU s, {figures['changes']:,} changes |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
        f"Versions: {', '.join(package.replace('==', ' ') for package in PEERS.values())}.",
    ]
