"""Planning and comparing: what each bad input and each failure of Terraform is told as."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from delivery import plan
from messages import UserError
from tests.delivery.fake_terraform import DEPLOYED, Machine, machine

FRAMED = "\u2577\n\u2502 Error: {}\n\u2502 \n\u2502 {}\n\u2575\n"
"""How Terraform draws an error."""


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with a Terraform of ours, whose main.py synthesises two stacks."""
    monkeypatch.setattr(plan, "ROOT", tmp_path)
    return machine(tmp_path)


def refusal(at: Machine, kind: plan.Kind = plan.PLAN, **variables: str) -> str:
    """What the person is told, after which no plan is left to be reviewed by mistake."""
    with pytest.raises(UserError) as refused:
        plan.plan(at.tools(**variables), "staging", at.root / "cdktf.out", kind)
    assert {file.name for file in at.root.rglob("*.json")} <= {"cdk.tf.json"}
    assert not [call for call in at.calls() if call[0] == "planproof"]
    return str(refused.value)


def test_a_missing_state_bucket_is_told_with_the_command_that_makes_it(at: Machine) -> None:
    """A new account is brought up in the right order."""
    said = FRAMED.format(
        'Failed to get existing workspaces: S3 bucket "payflow-state-staging-222222222222" does not exist.',
        "operation error S3: ListObjectsV2, https response error StatusCode: 404, NoSuchBucket",
    )

    assert refusal(at, FAILS="init", SAYS=said) == (
        "the state bucket of staging does not exist\n"
        "  operation error S3: ListObjectsV2, https response error StatusCode: 404, NoSuchBucket\n\n"
        "hint: make it first: make deploy ENV=staging-state"
    )


def test_a_locked_state_is_told_with_its_owner(at: Machine) -> None:
    """Whoever waits knows for whom."""
    said = FRAMED.format("Error acquiring the state lock", "Lock Info:\n\u2502   ID:  1-2\n\u2502   Who: ann@laptop")

    assert refusal(at, FAILS="plan", SAYS=said) == (
        "the state of staging is locked\n  Error: Error acquiring the state lock\n  ID:  1-2\n  Who: ann@laptop\n\n"
        "hint: wait for the other deployment; if it is dead: terraform force-unlock ID in the stack's folder"
    )


@pytest.mark.parametrize(
    ("command", "said", "told"),
    [
        (
            "init",
            "No valid credential sources found",
            (
                "there are no AWS credentials\n  Error: No valid credential sources found\n\n"
                "hint: set AWS_PROFILE, or log in with: aws sso login"
            ),
        ),
        (
            "plan",
            "AWS account ID not allowed: 1",
            (
                "these credentials belong to another account\n  Error: AWS account ID not allowed: 1\n\n"
                "hint: choose the profile of the account that the environment's YAML names"
            ),
        ),
        (
            "plan",
            "connection refused",
            (
                "nothing answers at the target\n  Error: connection refused\n\n"
                "hint: see that the network, the proxy and the VPN of this machine let AWS through; "
                "then run the same command again"
            ),
        ),
        (
            "init",
            "Provider dependency changes detected",
            (
                "the providers of staging have changed\n  Error: Provider dependency changes detected\n  more\n\n"
                "hint: a plan changes no lock file: "
                "delete .terraform.lock.hcl in the stack's folder to accept the new ones"
            ),
        ),
        (
            "plan",
            "api error AccessDenied: not authorized to perform: s3:PutObject",
            (
                "these credentials may not do that in the account of staging\n"
                "  Error: api error AccessDenied: not authorized to perform: s3:PutObject\n  more\n\n"
                "hint: use a role that may; one that may only read plans with LOCK=off"
            ),
        ),
        (
            "plan",
            "Failed to save plan: no space left on device",
            (
                "the plan of staging cannot be written\n"
                "  Error: Failed to save plan: no space left on device\n  more\n\n"
                "hint: make room on the disk, or mend the permissions of the folder; then run the same command again"
            ),
        ),
        (
            "show",
            "Failed to read plan",
            (
                "Terraform failed for staging\n  Error: Failed to read plan\n  more\n\n"
                "hint: the first error above is the cause; mend it, try again"
            ),
        ),
    ],
)
def test_every_failure_of_terraform_is_one_message(command: str, said: str, told: str, at: Machine) -> None:
    """Nobody reads a log of thousands of lines for its one line."""
    assert refusal(at, FAILS=command, SAYS=FRAMED.format(said, "more")) == told


@pytest.mark.parametrize(
    "prior",
    [
        {},
        {"values": {"outputs": {}}},
        {"values": {"root_module": {"resources": [{"mode": "data", "address": "data.aws_caller_identity.a"}]}}},
    ],
)
def test_what_is_not_deployed_cannot_have_drifted(prior: object, at: Machine) -> None:
    """A nightly comparison with an empty state does not come out clean."""
    shown = json.dumps({**DEPLOYED, "prior_state": prior})

    assert refusal(at, plan.DRIFT, SHOW=shown) == (
        "staging is not deployed\n  its state holds no resource\n\nhint: deploy it first: make deploy ENV=staging"
    )


@pytest.mark.parametrize("lock", ["", "OFF", "no"])
def test_a_wrong_lock_is_told_before_anything_starts(lock: str, at: Machine) -> None:
    """A misspelt LOCK=off does not lock the state of a deployment that runs."""
    assert refusal(at, LOCK=lock) == f"LOCK cannot be used\n  found {lock!r}\n\nhint: set LOCK to on or to off"
    assert at.calls() == []


def test_a_missing_planproof_is_told(at: Machine) -> None:
    """The plan is there, and how to get its review."""
    (at.root / "bin/planproof").unlink()

    with pytest.raises(UserError) as refused:
        plan.plan(at.tools(), "staging", at.root / "cdktf.out")

    assert str(refused.value) == (
        "planproof cannot be started\n  there is no planproof on PATH\n\nhint: run: make setup"
    )


def test_settling_what_is_not_synthesised_is_told(at: Machine) -> None:
    """The state of another folder is not touched."""
    with pytest.raises(UserError) as refused:
        plan.settle(at.tools(), "staging", at.root / "cdktf.out", at.root / "flat.json")

    assert str(refused.value) == (
        "staging cannot be settled\n  it is not synthesised here\n\nhint: run: make plan ENV=staging"
    )
