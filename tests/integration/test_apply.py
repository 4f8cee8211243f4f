"""A plan that needs a human is applied when somebody approved exactly it, by the real Terraform.

On the emulated account only: an alarm is made to come later, and as early as before.
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
SETTING = "PLATFORM__STAGING__MONITORING__LATENCY_SECONDS"
NEEDS_A_HUMAN, REFUSED = 3, 2


def planned(tools: Toolchain, synthesis: Path, seconds: float) -> tuple[Path, int]:
    """Terraform's plan of an alarm at that latency, and how `make plan` ends."""
    other = replace(tools, variables={**tools.variables, SETTING: str(seconds)})
    code = plan.plan(other, STACK, synthesis)
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


def latency(aws: Client) -> float:
    """The seconds that customers wait before somebody is told."""
    alarms = aws("cloudwatch").describe_alarms()["MetricAlarms"]
    (seconds,) = {alarm["Threshold"] for alarm in alarms if alarm.get("MetricName") == "TargetResponseTime"}
    return float(seconds)


if os.environ.get("TARGET") != "aws":

    @pytest.mark.usefixtures("settled")
    def test_only_the_approved_plan_is_applied(
        aws: Client, tools: Toolchain, synthesis: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """Nobody makes an alarm come later on an approval that was given for something else."""
        before = latency(aws)
        other, code = planned(tools, synthesis, before + 2)
        assert code == NEEDS_A_HUMAN, capfd.readouterr()
        for_another = approved(tools, other, tmp_path / "another.json")
        tfplan, code = planned(tools, synthesis, before + 1)
        assert code == NEEDS_A_HUMAN
        assert "the alarm comes later" in " ".join(capfd.readouterr().out.split())

        without = planproof(tools, "apply", tfplan)
        with_another = planproof(tools, "apply", tfplan, "--approved-by", for_another)
        assert (without.returncode, with_another.returncode) == (REFUSED, REFUSED)
        assert "Traceback" not in without.stderr + with_another.stderr
        assert latency(aws) == before

        approval = approved(tools, tfplan, tmp_path / "this.json")
        applied = planproof(tools, "apply", tfplan, "--approved-by", approval)
        assert applied.returncode == 0, applied.stdout + applied.stderr
        assert latency(aws) == before + 1

        back, _ = planned(tools, synthesis, before)
        restored = planproof(tools, "apply", back)  # an alarm that comes earlier is safe: nobody has to approve it
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert latency(aws) == before
