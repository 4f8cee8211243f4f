"""Deploying and destroying one stack, and what is refused before anything starts."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

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
from delivery.toolchain import Toolchain
from environments import NAMES
from messages import UserError
from tests.delivery.fake_programs import CDKTF, program, saying

STACKS = ("dev", "dev-state", "staging", "staging-state", "prod", "prod-state")


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


def test_a_failed_destruction_is_told_as_one(tmp_path: Path) -> None:
    """Who takes an environment down is not told that it was not deployed."""
    with pytest.raises(UserError, match=r"^staging was not destroyed\n"):
        destroy(tools(saying(tmp_path / "cdktf", "no", code=1)), "staging", tmp_path, io.StringIO())


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
