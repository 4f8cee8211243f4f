"""`python -m delivery where`: what the pipeline takes a role by."""

from __future__ import annotations

import pytest

from delivery import __main__ as command
from delivery.where import where
from messages import UserError


def test_the_pipeline_learns_account_region_and_role(capsys: pytest.CaptureFixture[str]) -> None:
    """The account number is written once, in the environment's YAML; overrides count."""
    assert command.main(["where", "staging", "plan"], {"PLATFORM__STAGING__ACCOUNT_ID": "000000000009"}) == 0

    assert capsys.readouterr().out == (
        "account=000000000009\nregion=eu-west-1\nrole=arn:aws:iam::000000000009:role/payflow-plan-staging\n"
    )
    assert where("prod", "deploy", {}).splitlines()[-1] == "role=arn:aws:iam::333333333333:role/payflow-deploy-prod"


def test_an_unknown_role_is_told() -> None:
    """A misspelt role is no ARN that AWS refuses later, without a reason."""
    with pytest.raises(UserError) as refused:
        where("staging", "admin", {})

    assert str(refused.value) == (
        "there is no role 'admin'\n  the roles are plan, deploy\n\n"
        "hint: for example: python -m delivery where staging plan"
    )


def test_a_state_stack_has_no_role(capsys: pytest.CaptureFixture[str]) -> None:
    """It is deployed by hand, once."""
    assert command.exit_code(lambda: command.main(["where", "staging-state", "plan"], {})) == 2

    assert capsys.readouterr().err == (
        "there is no stack 'staging-state'\n  the stacks are dev, staging, prod\n\n"
        "hint: for example: make deploy ENV=staging\n"
    )
