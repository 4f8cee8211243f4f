"""The judges start at once: no command of planproof loads CDKTF, whose start fastsynth shortens for others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from planproof.cli import planproof
from tests.fastsynth.synth_runs import ROOT

SLOW_TO_LOAD = {"cdktf", "cdktf_cdktf_provider_aws", "constructs", "fastsynth", "jsii"}
CPU_SECONDS = 0.3
TRIES = 5
"""The best of them counts: what else the machine does makes a process slower, never faster."""

RUN = """
import json, sys, time
from planproof.cli import main
try:
    main()
except SystemExit as done:
    code = done.code
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"cpu": time.process_time(), "loaded": loaded, "code": code}), file=sys.stderr)
"""
COMMANDS = [
    ["--version"],
    ["--help"],
    *([name, "--help"] for name in planproof.list_commands(click.Context(planproof))),
]


def ran(*arguments: str) -> tuple[float, set[str], int]:
    """Seconds of CPU, the packages that were loaded, and the exit code."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    told = json.loads(done.stderr.splitlines()[-1])
    return told["cpu"], set(told["loaded"]), told["code"]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_command_starts_at_once(arguments: list[str]) -> None:
    """A person who asks a command what it does waits for a blink, and for nothing of CDKTF."""
    runs = [ran(*arguments)]
    while runs[-1][0] >= CPU_SECONDS and len(runs) < TRIES:
        runs.append(ran(*arguments))
    _, loaded, code = runs[-1]
    assert code == 0
    assert not loaded & SLOW_TO_LOAD
    assert min(cpu for cpu, _, _ in runs) < CPU_SECONDS


def test_judging_needs_no_cdktf(tmp_path: Path) -> None:
    """Nor does a whole check of synthesised JSON."""
    stack = tmp_path / "cdk.tf.json"
    stack.write_text('{"resource": {"aws_vpc": {"one": {"cidr_block": "10.0.0.0/16"}}}}', encoding="utf-8")
    _, loaded, code = ran("check", str(stack))
    assert code in {0, 1}
    assert "planproof" in loaded
    assert not loaded & SLOW_TO_LOAD
