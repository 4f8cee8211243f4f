"""Destroying what is protected: refused before anything is taken down, with the way to lift it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from delivery import __main__ as command
from delivery import plan, toolchain
from delivery.protection import protected
from messages import UserError
from tests.delivery.fake_terraform import Machine, machine

LIFTED = {"PLATFORM__STAGING__DELETION_PROTECTION": "false"}
LIFT = (
    "\n\nhint: lift it first: GATE=report PLATFORM__STAGING__DELETION_PROTECTION=false make deploy ENV=staging; "
    "then destroy with the same two variables"
)


def state(*resources: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """A state with these resources."""
    shown = [
        {"mode": "managed", "type": kind, "address": f"{kind}.a{number}", "values": values}
        for number, (kind, values) in enumerate(resources)
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": shown}}}


DATABASE = ("aws_db_instance", {"deletion_protection": True, "password": "hunter2"})


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with a Terraform and a cdktf of ours."""
    made = machine(tmp_path)
    monkeypatch.setattr(toolchain, "WORK", tmp_path / "work")
    monkeypatch.setattr(plan, "ROOT", tmp_path)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "find", lambda variables: made.tools(**variables))
    return made


def destroyed(stack: str, shown: dict[str, Any], **variables: str) -> str:
    """Destroy a stack whose state is this; gives what is said against it."""
    with pytest.raises(UserError) as refused:
        command.main(["destroy", stack], {"AWS_PROFILE": "pay", "SHOW": json.dumps(shown), **variables})
    return str(refused.value)


def test_protected_settings_are_told_with_what_lifts_them(at: Machine) -> None:
    """Whoever types `make destroy ENV=staging` learns what protects it while all of staging still stands."""
    assert destroyed("staging", state()) == (
        f"staging is protected\n  deletion_protection of environments/staging.yaml is true{LIFT}"
    )
    assert at.calls() == []


def test_a_protection_that_was_not_lifted_by_a_deployment_holds(at: Machine) -> None:
    """The variable alone changes nothing at AWS: services would be gone when the database refuses to go."""
    said = destroyed("staging", state(DATABASE, ("aws_vpc", {})), **LIFTED)

    assert said == (f"staging is deployed with its protection\n  aws_db_instance.a0: deletion_protection is true{LIFT}")
    assert [call[0] for call in at.calls()] == ["init", "show"]
    assert "hunter2" not in "".join(file.read_text() for file in at.stack.iterdir())


@pytest.mark.usefixtures("at")
def test_of_many_the_first_are_named() -> None:
    """A screen is enough: what refuses comes with one cause."""
    said = destroyed("staging", state(*[("aws_s3_bucket", {"force_destroy": False})] * 12), **LIFTED)

    assert said.splitlines()[10:13] == ["  aws_s3_bucket.a9: force_destroy is false", "  and 2 more", ""]


@pytest.mark.usefixtures("at")
def test_a_state_is_not_destroyed() -> None:
    """The key of a state would go while the state that it encrypts stays, and with it the way back to everything."""
    assert destroyed("staging-state", state(), **LIFTED) == (
        "staging-state is not destroyed by this command\n"
        "  it keeps the state of staging, its key and its zone: staging cannot be changed without them\n\n"
        "hint: destroy staging first; then empty the bucket, and run terraform destroy in the stack's folder"
    )


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("aws_backup_vault", {"force_destroy": True}),
        ("aws_db_instance", {"deletion_protection": False}),
        ("aws_ecr_repository", {"force_delete": True}),
        ("aws_lb", {"enable_deletion_protection": False}),
        ("aws_s3_bucket", {"force_destroy": True}),
        ("aws_sqs_queue", {}),
    ],
)
def test_what_is_lifted_is_no_obstacle(kind: str, values: dict[str, Any]) -> None:
    """After the deployment that lifts the protection nothing is held back; an empty state holds nothing either."""
    turned = {name: not value for name, value in values.items()}

    assert list(protected(state((kind, values)))) == []
    assert len(list(protected(state((kind, turned))))) == len(values)
    assert list(protected({"format_version": "1.0"})) == []
