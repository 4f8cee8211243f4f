"""What a person waits for in every edit: synthesis and judgement, side by side with their alternatives."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.measure import Case
from delivery.toolchain import Toolchain

ROOT = Path(__file__).parent.parent
VALIDATED = ROOT / "cdktf.out/stacks/staging"
FLOOR = """
import json, pathlib
for file in pathlib.Path('cdktf.out/stacks').glob('*/cdk.tf.json'):
    json.dumps(json.loads(file.read_text()), indent=2)
"""
"""Reading and writing the same JSON, without anything that knows Terraform."""


def cases(tools: Toolchain) -> list[Case]:
    """The programs, in the order of the table."""
    here = dict(os.environ)
    planproof = str(Path(sys.executable).parent / "planproof")
    return [
        Case("synthesis and gate of three environments, fastsynth", [sys.executable, "main.py"], ROOT, here),
        Case("the same, plain imports", [sys.executable, "main.py"], ROOT, {**here, "FASTSYNTH": "off"}),
        Case("planproof check of the result", [planproof, "check"], ROOT, here),
        Case("planproof --version", [planproof, "--version"], ROOT, here),
        Case("terraform validate of staging", [tools.terraform, "validate"], VALIDATED, tools.variables),
        Case("the same JSON read and written by Python alone", [sys.executable, "-c", FLOOR], ROOT, here),
    ]
