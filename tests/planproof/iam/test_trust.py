"""Trust policies: who may assume a role, and through whom."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.iam.reading import read
from planproof.iam.trust import confused_deputies, open_federations, open_to_anyone, trusts_role, trusts_service
from tests.planproof.iam.accounts import account, role_arn, trusts

NOWHERE = account({})
GITHUB = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
WEB = "sts:AssumeRoleWithWebIdentity"


def subject(operator: str, value: str) -> dict[str, Any]:
    """A condition on the subject of a GitHub token."""
    return {operator: {"token.actions.githubusercontent.com:sub": value}}


@pytest.mark.parametrize(
    ("condition", "is_open"),
    [
        ({}, True),
        (subject("StringEquals", "repo:payflow/platform:environment:prod"), False),
        (subject("StringLike", "repo:payflow/platform:*"), False),
        (subject("StringLike", "repo:payflow/*"), True),
        (subject("StringLike", "repo:*:environment:prod"), True),
        (subject("StringLike", "*"), True),
        (subject("StringNotLike", "repo:payflow/old:x"), True),
    ],
)
def test_only_our_repository_may_deploy(condition: dict[str, Any], *, is_open: bool) -> None:
    """Every repository of GitHub has a token of the same provider; only the subject tells them apart."""
    trust = read({"Statement": trusts("Federated", GITHUB, WEB, Condition=condition)}, NOWHERE)

    assert bool(list(open_federations(trust))) is is_open


def test_deputies_are_asked_for_only_where_the_service_says_who_asks() -> None:
    """A condition that a service does not send would lock it out, so none is demanded of EC2."""
    tasks = read({"Statement": trusts("Service", "ecs-tasks.amazonaws.com")}, NOWHERE)
    guarded = read(
        {"Statement": trusts("Service", "ecs-tasks.amazonaws.com", Condition={"ArnLike": {"aws:SourceArn": "x"}})},
        NOWHERE,
    )
    machines = read({"Statement": trusts("Service", "ec2.amazonaws.com")}, NOWHERE)

    assert [d.principal.name for d in confused_deputies(tasks)] == ["ecs-tasks.amazonaws.com"]
    assert not list(confused_deputies(guarded))
    assert not list(confused_deputies(machines))


def test_everyone_is_everyone_however_it_is_written() -> None:
    """A star, a star for AWS and everyone but one are the same open door; a denial is none."""
    star = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}
    but = {"Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "111111111111"}}

    for statement in (star, but, trusts("AWS", "*")):
        assert list(open_to_anyone(read({"Statement": statement}, NOWHERE)))
    assert not list(open_to_anyone(read({"Statement": {**star, "Effect": "Deny"}}, NOWHERE)))


@pytest.mark.parametrize(
    ("principal", "trusted"),
    [
        (role_arn("caller"), True),
        ("arn:aws:iam::111111111111:root", True),
        ("111111111111", True),
        ("*", True),
        (role_arn("other"), False),
        ("arn:aws:iam::222222222222:root", False),
    ],
)
def test_an_account_stands_for_its_roles(principal: str, *, trusted: bool) -> None:
    """Trusting the account is trusting every role of it that is allowed to assume."""
    trust = read({"Statement": trusts("AWS", principal)}, NOWHERE)

    assert trusts_role(trust, role_arn("caller")) is trusted
    assert not trusts_service(trust, "ecs-tasks.amazonaws.com") or principal == "*"
