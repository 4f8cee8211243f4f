"""A plan that needs a human is applied when somebody approved exactly it, by the real Terraform.

On the emulated account only: it changes how long the ledger's backups are kept, and changes it back.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from delivery import plan
from delivery.toolchain import ROOT, Toolchain

Client = Callable[[str], Any]

STACK = "staging"
SETTING = "PLATFORM__STAGING__DATABASE__BACKUP_RETENTION_DAYS"
NEEDS_A_HUMAN, REFUSED = 3, 2


def planned(tools: Toolchain, synthesis: Path, days: int) -> tuple[Path, int]:
    """Terraform's plan of that many days, and how `make plan` ends."""
    shortened = replace(tools, variables={**tools.variables, SETTING: str(days)})
    code = plan.plan(shortened, STACK, synthesis)
    return synthesis / "stacks" / STACK / "plan.tfplan", code


def planproof(tools: Toolchain, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What a reviewer types."""
    program = Path(sys.executable).parent / "planproof"
    return subprocess.run(
        [program, *arguments], cwd=ROOT, env=tools.variables, capture_output=True, text=True, check=False, timeout=300
    )


def approved(tools: Toolchain, tfplan: Path, file: Path) -> Path:
    """Ada's approval of a plan."""
    done = planproof(tools, "approve", tfplan.with_suffix(".json"), "--by", "Ada", "--output", file)
    assert done.returncode == 0, done.stderr
    return file


def kept_for(aws: Client, outputs: dict[str, str]) -> int:
    """The days that AWS keeps the ledger's backups."""
    (database,) = aws("rds").describe_db_instances(DBInstanceIdentifier=outputs["database_identifier"])["DBInstances"]
    days: int = database["BackupRetentionPeriod"]
    return days


if os.environ.get("TARGET") != "aws":

    def test_only_the_approved_plan_is_applied(  # noqa: PLR0917 - pytest's
        aws: Client,
        outputs: dict[str, str],
        tools: Toolchain,
        synthesis: Path,
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        """Nobody shortens the ledger's backups on an approval that was given for something else."""
        plan.settle(tools, STACK, synthesis, tmp_path / "flat.json")
        before = kept_for(aws, outputs)
        other, code = planned(tools, synthesis, before - 2)
        assert code == NEEDS_A_HUMAN, capfd.readouterr()
        for_another = approved(tools, other, tmp_path / "another.json")
        tfplan, code = planned(tools, synthesis, before - 1)
        assert code == NEEDS_A_HUMAN
        told = capfd.readouterr().out
        assert f"backup_retention_period: {before} -> {before - 1}" in " ".join(told.split())

        without = planproof(tools, "apply", tfplan)
        with_another = planproof(tools, "apply", tfplan, "--approved-by", for_another)
        assert (without.returncode, with_another.returncode) == (REFUSED, REFUSED)
        assert "Traceback" not in without.stderr + with_another.stderr
        assert kept_for(aws, outputs) == before

        approval = approved(tools, tfplan, tmp_path / "this.json")
        applied = planproof(tools, "apply", tfplan, "--approved-by", approval)
        assert applied.returncode == 0, applied.stdout + applied.stderr
        assert kept_for(aws, outputs) == before - 1

        back, _ = planned(tools, synthesis, before)
        restored = planproof(tools, "apply", back)  # longer backups are safe: nobody has to approve them
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert kept_for(aws, outputs) == before
