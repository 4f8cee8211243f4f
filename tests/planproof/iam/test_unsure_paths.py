"""A path to more permissions that only may be there is told as such, and no other is."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import Document, parse
from planproof.iam.escalation import paths, unread
from tests.planproof.iam.accounts import Statement, account, allow, deny, role_arn, text, trusts

LAMBDAS = trusts("Service", "lambda.amazonaws.com")
PERSON = trusts("AWS", "arn:aws:iam::111111111111:root")


def nowhere(trust: dict[str, Statement], policies: dict[str, str], **boundaries: str) -> Document:
    """Roles of a stack that does not say in which account it is made; a boundary for each that has one."""
    roles: dict[str, Any] = {name: {"name": name, "assume_role_policy": text(one)} for name, one in trust.items()}
    for name in boundaries:
        roles[name]["permissions_boundary"] = f"${{aws_iam_policy.{name}.arn}}"
    own = {name: {"role": f"${{aws_iam_role.{name}.name}}", "policy": policy} for name, policy in policies.items()}
    edges = {name: {"name": name, "policy": boundary} for name, boundary in boundaries.items()}
    raw = {"resource": {"aws_iam_role": roles, "aws_iam_role_policy": own, "aws_iam_policy": edges}}
    return parse(raw, name="dev", source="test")


@pytest.mark.parametrize(
    ("target", "trusted", "found"),
    [
        ("${aws_iam_role.owner.arn}", "arn:aws:iam::111111111111:root", [True]),
        (role_arn("owner"), "*", [True]),
        (role_arn("other"), "*", []),
        ("*", "111111111111", [True]),
        ("*", role_arn("start"), [True]),
        ("*", role_arn("other"), []),
        ("*", "*", [False]),
    ],
)
def test_an_account_that_is_not_known_to_be_ours_makes_a_path_unsure(
    target: str, trusted: str, found: list[bool]
) -> None:
    """Nobody but the provider's setting says which account the stack is made in; silence would be a guess."""
    trust = {"start": LAMBDAS, "owner": trusts("AWS", trusted)}
    document = nowhere(trust, {"start": text(allow("sts:AssumeRole", target)), "owner": text(allow("*"))})

    assert [path.unsure for path in paths(document)] == found


@pytest.mark.parametrize(
    ("statement", "hides"),
    [
        (allow("${var.action}"), True),
        (allow("iam:PutRolePolicy", "${var.role}"), True),
        (allow("sqs:SendMessage", "${var.queue}"), False),
        (deny("${var.action}"), False),
        (allow("iam:PutRolePolicy", role_arn("other")), False),
    ],
)
def test_what_is_not_known_may_hide_a_path(statement: Statement, *, hides: bool) -> None:
    """A grant from outside may be the one that opens everything, and one on a queue never is."""
    document = account({"start": (PERSON, [statement])})

    assert bool(unread(document)["aws_iam_role.start"]) is hides


def test_a_boundary_bounds_what_is_not_known() -> None:
    """Whatever a variable grants, a boundary without the first step of any path leaves no way to more."""
    first = deny(["iam:*", "sts:*", "lambda:*", "codebuild:*", "ecs:*"])
    edges = {"few": text(allow("sqs:*")), "denying": text(allow("*"), first), "wide": text(allow("*"))}
    document = nowhere(dict.fromkeys(edges, PERSON), dict.fromkeys(edges, "${var.policy}"), **edges)

    assert [address for address, hidden in unread(document).items() if hidden] == ["aws_iam_role.wide"]
