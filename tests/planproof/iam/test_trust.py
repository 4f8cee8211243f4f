"""Trust policies: who may assume a role, and through whom."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.iam.policy import Answer
from planproof.iam.reading import read
from planproof.iam.roles import roles
from planproof.iam.trust import confused_deputies, open_federations, trusts_role, trusts_service
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


@pytest.mark.parametrize(
    ("condition", "unsure"),
    [
        ("${var.condition}", True),
        (subject("StringLike", "${var.subject}"), True),
        (subject("StringEquals", "${var.subject}"), False),
    ],
)
def test_a_subject_from_outside_is_a_doubt_where_it_may_be_a_pattern(condition: Any, *, unsure: bool) -> None:
    """StringEquals takes no wildcard, so whatever the variable holds is one subject; StringLike may let in all."""
    (role,) = roles(account({"deploy": (trusts("Federated", GITHUB, WEB, Condition=condition), [])}))

    assert [one.unsure for one in open_federations(role.trust)] == [True] * unsure


@pytest.mark.parametrize(
    ("principal", "trusted"),
    [
        (role_arn("caller"), Answer.YES),
        ("arn:aws:iam::111111111111:root", Answer.YES),
        ("111111111111", Answer.YES),
        ("*", Answer.YES),
        (role_arn("other"), Answer.NO),
        ("arn:aws:iam::222222222222:root", Answer.NO),
    ],
)
def test_an_account_stands_for_its_roles(principal: str, trusted: Answer) -> None:
    """Trusting the account is trusting every role of it that is allowed to assume."""
    trust = read({"Statement": trusts("AWS", principal)}, NOWHERE)

    assert trusts_role(trust, role_arn("caller")) is trusted
    assert not trusts_service(trust, "ecs-tasks.amazonaws.com") or principal == "*"


@pytest.mark.parametrize(
    ("principal", "trusted"),
    [
        ("arn:aws:iam::222222222222:root", Answer.MAYBE),
        ("222222222222", Answer.MAYBE),
        ("arn:aws:iam::222222222222:role/caller", Answer.MAYBE),
        ("arn:aws:iam::222222222222:role/other", Answer.NO),
        ("*", Answer.YES),
    ],
)
def test_an_account_may_be_the_own_one(principal: str, trusted: Answer) -> None:
    """A stack that does not say where it is made may be made in the account that a policy names."""
    trust = read({"Statement": trusts("AWS", principal)}, NOWHERE)

    assert trusts_role(trust, "arn:aws:iam::<account>:role/caller") is trusted
