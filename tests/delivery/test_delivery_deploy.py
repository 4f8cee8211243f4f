"""Deploying and destroying one stack, and `python -m delivery`, which the Makefile calls."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fake_programs import program, saying

from delivery import __main__ as command
from delivery import clean_lock, outputs, toolchain
from delivery.cdktf import Interrupted
from delivery.deploy import (
    SIGNS,
    account_of,
    deploy,
    destroy,
    needs_credentials,
    refuse_unknown,
    refuse_unknown_target,
    stacks,
)
from delivery.toolchain import ROOT, Toolchain
from environments import NAMES
from messages import UserError

STACKS = ("dev", "dev-state", "staging", "staging-state", "prod", "prod-state")
CDKTF = """\
import json, sys
arguments = sys.argv[1:]
if arguments[0].endswith("cdktf"):
    arguments = arguments[1:]
if arguments == ["--version"]:
    sys.exit(print("v24.0.0"))
print(json.dumps(arguments))
if "--outputs-file" in arguments:
    with open(arguments[arguments.index("--outputs-file") + 1], "w") as file:
        json.dump({arguments[1]: {"vpc_id": "vpc-1"}}, file)
"""


def tools(script: Path) -> Toolchain:
    """A toolchain whose cdktf is this program."""
    return Toolchain(cdktf=(str(script),), terraform="terraform", variables={})


def test_a_deployment_keeps_its_outputs(tmp_path: Path) -> None:
    """`cdktf deploy` asks nothing, works with a mirror of the provider, and its outputs are kept flat."""
    folder, sink = tmp_path / "cdktf.out", io.StringIO()

    flat = deploy(tools(program(tmp_path / "cdktf", CDKTF)), "staging", folder, sink, kept=tmp_path / "flat.json")

    assert flat == json.loads((tmp_path / "flat.json").read_text()) == {"vpc_id": "vpc-1"}
    assert json.loads(sink.getvalue()) == [
        "deploy", "staging", "--auto-approve", "--skip-provider-lock", "--output", str(folder),
        "--outputs-file", str(folder / "staging.outputs.json"), "--terraform-parallelism", "30",
    ]  # fmt: skip


def test_a_failed_deployment_leaves_the_old_outputs(tmp_path: Path) -> None:
    """Neither the outputs of an earlier run nor half of the new ones are taken for this one's."""
    (tmp_path / "staging.outputs.json").write_text('{"staging": {"vpc_id": "earlier"}}')
    (tmp_path / "flat.json").write_text("old")

    with pytest.raises(UserError, match="staging was not deployed"):
        deploy(
            tools(saying(tmp_path / "cdktf", "no", code=1)),
            "staging",
            tmp_path,
            io.StringIO(),
            kept=tmp_path / "flat.json",
        )
    with pytest.raises(UserError, match="staging has no outputs"):
        deploy(
            tools(saying(tmp_path / "cdktf", "yes")), "staging", tmp_path, io.StringIO(), kept=tmp_path / "flat.json"
        )

    assert (tmp_path / "flat.json").read_text() == "old"


def test_destroy_asks_cdktf_to_destroy(tmp_path: Path) -> None:
    """Only the stack that was named goes."""
    sink = io.StringIO()

    destroy(tools(program(tmp_path / "cdktf", CDKTF)), "dev", tmp_path, sink)

    assert json.loads(sink.getvalue()) == [
        "destroy", "dev", "--auto-approve", "--skip-provider-lock", "--output", str(tmp_path),
        "--terraform-parallelism", "30",
    ]  # fmt: skip


def test_each_environment_has_a_stack_and_one_for_its_state() -> None:
    """The state of an environment has a bucket of its own, made by a stack of its own."""
    assert stacks(NAMES) == STACKS
    for stack in STACKS:
        refuse_unknown(stack, STACKS)


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_lies_in_the_account_of_its_environment(stack: str) -> None:
    """An emulated deployment goes to the account that the environment names, overrides included."""
    name = stack.removesuffix("-state")
    numbers = {"dev": "111111111111", "staging": "222222222222", "prod": "333333333333"}

    assert account_of(stack, {}) == numbers[name]
    assert account_of(stack, {f"PLATFORM__{name.upper()}__ACCOUNT_ID": "000000000009"}) == "000000000009"


@pytest.mark.parametrize("stack", ["stagin", "", "*", "staging "])
def test_an_unknown_stack_is_told(stack: str) -> None:
    """A misspelt stack costs no synthesis, and `*` deploys nothing by accident."""
    with pytest.raises(UserError) as refused:
        refuse_unknown(stack, STACKS)

    assert str(refused.value) == (
        f"there is no stack {stack!r}\n  the stacks are dev, dev-state, staging, staging-state, prod, prod-state\n\n"
        "hint: for example: make deploy ENV=staging"
    )


def test_an_unknown_target_is_told() -> None:
    """TARGET=emulater does not go to a real account."""
    refuse_unknown_target({})
    refuse_unknown_target({"TARGET": "aws"})
    refuse_unknown_target({"TARGET": "emulator"})

    with pytest.raises(UserError) as refused:
        refuse_unknown_target({"TARGET": "emulater"})

    assert str(refused.value) == ("TARGET cannot be used\n  found 'emulater'\n\nhint: set TARGET to aws or to emulator")


def test_missing_credentials_are_told_first(tmp_path: Path) -> None:
    """Nobody waits for a synthesis to hear that nobody is logged in."""
    with pytest.raises(UserError) as refused:
        needs_credentials({"HOME": str(tmp_path), "AWS_PROFILE": ""})

    assert str(refused.value) == (
        "there are no AWS credentials\n"
        "  none of AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE, "
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_SHARED_CREDENTIALS_FILE, "
        "AWS_CONFIG_FILE is set, and ~/.aws is empty\n\n"
        "hint: set AWS_PROFILE, or deploy to this machine with TARGET=emulator"
    )


@pytest.mark.parametrize("sign", SIGNS)
def test_any_variable_that_names_credentials_is_enough(sign: str, tmp_path: Path) -> None:
    """A laptop, a CI job with OIDC and a container with a role can all deploy."""
    needs_credentials({"HOME": str(tmp_path), sign: "x"})


@pytest.mark.parametrize("name", ["credentials", "config"])
def test_a_file_with_credentials_is_enough(name: str, tmp_path: Path) -> None:
    """Whoever ran `aws configure` needs nothing more."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / name).touch()

    needs_credentials({"HOME": str(tmp_path)})


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine whose Node runs a cdktf of ours, and folders of its own for what is made."""
    program(tmp_path / "bin/node", CDKTF)
    saying(tmp_path / "bin/terraform", '{"terraform_version": "1.11.4"}')
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
USAGE = "usage: python -m delivery demo | deploy STACK | destroy STACK | outputs\n"


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


def test_a_lock_is_cleaned_of_its_index(tmp_path: Path) -> None:
    """Packages come from the index a team configured: the lock holds versions and hashes, never a host."""
    file = tmp_path / "Pipfile.lock"
    package = {"hashes": ["sha256:1"], "version": "==1.0"}
    sources = [{"name": "inside", "url": "https://index.example/simple", "verify_ssl": True}]
    file.write_text(
        json.dumps(
            {
                "_meta": {"hash": {"sha256": "2"}, "sources": sources},
                "default": {"a": {**package, "index": "inside"}, "b": package},
                "develop": {"c": {**package, "index": "inside"}},
            }
        )
    )

    clean_lock.main(file)

    assert json.loads(file.read_text()) == {
        "_meta": {"hash": {"sha256": "2"}, "sources": []},
        "default": {"a": package, "b": package},
        "develop": {"c": package},
    }


def test_the_committed_lock_is_clean() -> None:
    """Nobody's private index is published, and cleaning it again changes no byte."""
    text = clean_lock.FILE.read_text(encoding="utf-8")
    lock = json.loads(text)

    assert lock["_meta"]["sources"] == []
    assert [name for part in ("default", "develop") for name, package in lock[part].items() if "index" in package] == []
    assert "://" not in text
    assert clean_lock.clean(text) == text
