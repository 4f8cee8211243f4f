"""`python -m delivery`, which the Makefile calls: what it starts, says and ends with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from delivery import __main__ as command
from delivery import outputs, plan, toolchain
from delivery.cdktf import Interrupted
from delivery.toolchain import ROOT
from messages import UserError
from tests.delivery.fake_programs import CDKTF, program, saying
from tests.delivery.fake_terraform import MAIN


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine whose Node runs a cdktf of ours, and folders of its own for what is made."""
    program(tmp_path / "bin/node", CDKTF)
    saying(tmp_path / "bin/terraform", '{"terraform_version": "1.11.4"}')
    (tmp_path / "main.py").write_text(MAIN, encoding="utf-8")
    monkeypatch.setattr(plan, "ROOT", tmp_path)
    monkeypatch.setattr(toolchain, "WORK", tmp_path / "work")
    for name, place in (("ROOT", tmp_path), ("FOLDER", tmp_path / "emulator")):
        monkeypatch.setattr(command, name, place)
    monkeypatch.setattr(outputs, "FILE", tmp_path / "cfn-outputs/flat-outputs.json")
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "AWS_PROFILE": "pay"}


@pytest.mark.parametrize(
    ("stack", "target", "kept"),
    [
        ("staging", "aws", "cfn-outputs/flat-outputs.json"),
        ("staging", "emulator", "cfn-outputs/flat-outputs.json"),
        ("staging-state", "aws", "cdktf.out/staging-state.flat-outputs.json"),
        ("dev-state", "emulator", "emulator/cdktf.out/dev-state.flat-outputs.json"),
    ],
)
def test_deploy_says_where_the_outputs_are(  # noqa: PLR0917 - pytest's
    stack: str,
    target: str,
    kept: str,
    machine: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`make deploy` ends with the file to read; the state stack does not take the place of the platform's outputs."""
    assert command.main(["deploy", stack], {**machine, "TARGET": target}) == 0

    assert json.loads((tmp_path / kept).read_text()) == {"vpc_id": "vpc-1"}
    assert capsys.readouterr().err == f"1 outputs are in {kept}\n"


def test_destroy_and_outputs_do_what_they_say(
    machine: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make destroy` passes cdktf's output on; `make outputs` shows the last deployment."""
    assert command.main(["destroy", "dev"], machine) == 0
    assert json.loads(capsys.readouterr().out)[:2] == ["destroy", "dev"]

    (tmp_path / "flat.json").write_text('{"a": "1", "b": "2"}')
    monkeypatch.setattr(outputs, "read", lambda: json.loads((tmp_path / "flat.json").read_text()))
    assert command.main(["outputs"], machine) == 0
    assert capsys.readouterr().out == "a  1\nb  2\n"


def test_the_demo_is_called(machine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`make demo` gives the exit code of the demonstration."""
    monkeypatch.setattr(command, "demo", len)

    assert command.main(["demo"], machine) == len(machine)


def test_outputs_elsewhere_are_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path outside the project is not cut."""
    monkeypatch.setattr(command, "ROOT", tmp_path / "project")

    assert command._short(tmp_path / "flat.json") == str(tmp_path / "flat.json")  # noqa: SLF001 - no caller outside


NO_STACK = (
    "there is no stack 'nowhere'\n  the stacks are dev, dev-state, staging, staging-state, prod, prod-state\n\n"
    "hint: for example: make deploy ENV=staging\n"
)
NO_TERRAFORM = (
    "Terraform is missing\n  there is no terraform on PATH\n\n"
    "hint: install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install\n"
)
USAGE = """\
usage: python -m delivery demo | deploy STACK | destroy STACK | plan STACK | drift STACK | settle STACK | outputs
       python -m delivery where ENVIRONMENT plan|deploy
"""


@pytest.mark.parametrize("arguments", [[], ["deploy"], ["deploy", "dev", "prod"], ["undeploy", "dev"], ["--help"]])
def test_a_wrong_command_shows_the_right_ones(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Half a command starts nothing."""
    assert command.exit_code(lambda: command.main(arguments, {})) == 2
    assert capsys.readouterr() == ("", USAGE)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UserError("where", "what", hint="next"), 2, "where\n  what\n\nhint: next\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (
            Interrupted(),
            130,
            "interrupted: Terraform has saved its state and given the lock back; run the same command to go on\n",
        ),
    ],
)
def test_every_end_has_its_code(error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipeline tells a person's mistake from an interrupt, and both from a fault of ours, a traceback."""

    def run() -> int:
        raise error

    assert command.exit_code(run) == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        ([], {}, USAGE),
        (
            ["deploy", "nowhere"],
            {},
            NO_STACK,
        ),
        (
            ["destroy", "dev"],
            {"TARGET": "azure"},
            "TARGET cannot be used\n  found 'azure'\n\nhint: set TARGET to aws or to emulator\n",
        ),
        (
            ["deploy", "dev"],
            {"TARGET": "emulator"},
            NO_TERRAFORM,
        ),
    ],
)
def test_the_command_ends_with_2_and_no_traceback(
    arguments: list[str], variables: dict[str, str], said: str, tmp_path: Path
) -> None:
    """The command as it is started: a mistake is a message on standard error and exit code 2."""
    done = subprocess.run(
        [sys.executable, "-m", "delivery", *arguments],
        cwd=ROOT,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
