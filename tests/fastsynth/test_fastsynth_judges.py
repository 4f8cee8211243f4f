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
ENOUGH_TO_TELL = {"click", "planproof", "msgspec", "typing_extensions"}
"""What a command needs to say what it does; how long that takes is measured by `make bench BENCH=start`."""

RUN = """
import json, sys
before = set(sys.modules)
from planproof.cli import main
try:
    main()
except SystemExit as done:
    code = done.code
loaded = {name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names
print(json.dumps({"loaded": sorted(loaded), "code": code}), file=sys.stderr)
"""
COMMANDS = [
    ["--version"],
    ["--help"],
    *([name, "--help"] for name in planproof.list_commands(click.Context(planproof))),
]


def ran(*arguments: str) -> tuple[set[str], int]:
    """The packages that were loaded beside Python's own, and the exit code."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    told = json.loads(done.stderr.splitlines()[-1])
    return set(told["loaded"]), told["code"]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_command_starts_at_once(arguments: list[str]) -> None:
    """A person who asks a command what it does waits for a blink: nothing is loaded but what tells it."""
    loaded, code = ran(*arguments)
    assert code == 0
    assert {"click", "planproof"} <= loaded <= ENOUGH_TO_TELL


def test_judging_needs_no_cdktf(tmp_path: Path) -> None:
    """Nor does a whole check of synthesised JSON."""
    stack = tmp_path / "cdk.tf.json"
    stack.write_text('{"resource": {"aws_vpc": {"one": {"cidr_block": "10.0.0.0/16"}}}}', encoding="utf-8")
    loaded, code = ran("check", str(stack))
    assert code in {0, 1}
    assert "planproof" in loaded
    assert not loaded & SLOW_TO_LOAD
