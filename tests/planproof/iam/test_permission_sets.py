"""What IAM Identity Center gives to people is judged like what IAM gives to roles."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules
from planproof.settings import Settings

RULES = {rule.id: rule for rule in rules()}
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
SET = "aws_ssoadmin_permission_set_inline_policy"


def said(kind: str, body: dict[str, Any], rule: str) -> list[str]:
    """The paths at which a rule finds fault with one resource."""
    document = parse({"resource": {kind: {"it": body}}}, name="prod", source="prod")
    return [one.path for one in judge((document,), [RULES[rule]], Settings()).findings]


def policy(**statement: Any) -> dict[str, Any]:
    """A permission set's policy of one statement."""
    return {"inline_policy": json.dumps({"Statement": [{"Effect": "Allow", **statement}]})}


@pytest.mark.parametrize(
    ("rule", "statement", "path"),
    [
        ("every-action", {"Action": ["*"], "Resource": "*"}, "Action.0"),
        ("every-resource", {"Action": ["sqs:DeleteQueue"], "Resource": ["*"]}, "Resource.0"),
        ("everything-but", {"NotAction": ["iam:*"], "Resource": "*"}, "NotAction"),
        ("unbounded-passrole", {"Action": ["iam:PassRole"], "Resource": "arn:aws:iam::*:role/task"}, "Condition"),
        ("unknown-action", {"Action": ["sqs:SendMesage"], "Resource": "*"}, "Action.0"),
        ("ineffective-grant", {"Action": ["kms:CreateKey"], "Resource": ["arn:aws:kms:eu-west-1:1:key/*"]}, "Action.0"),
    ],
)
def test_inline_policy_of_a_permission_set_is_read(rule: str, statement: dict[str, Any], path: str) -> None:
    """A person with every action is as dangerous as a role with it."""
    assert said(SET, policy(**statement), rule) == [f"inline_policy.Statement.0.{path}"]


def test_narrow_permission_set_is_left_alone() -> None:
    """What names its actions and resources is what we ask for."""
    narrow = policy(Action=["s3:GetObject"], Resource=["arn:aws:s3:::receipts/*"])
    broad = ("every-action", "every-resource", "everything-but", "unbounded-passrole", "unknown-action")

    assert [said(SET, narrow, rule) for rule in broad] == [[]] * len(broad)


@pytest.mark.parametrize(
    ("kind", "body", "path"),
    [
        ("aws_ssoadmin_managed_policy_attachment", {"managed_policy_arn": ADMIN}, "managed_policy_arn"),
        ("aws_iam_role_policy_attachments_exclusive", {"policy_arns": ["arn:aws:iam::1:policy/x", ADMIN]},
         "policy_arns.1"),
        ("aws_iam_user_policy_attachments_exclusive", {"policy_arns": [ADMIN]}, "policy_arns.0"),
        ("aws_iam_group_policy_attachments_exclusive", {"policy_arns": [ADMIN]}, "policy_arns.0"),
        ("aws_iam_role_policy_attachment", {"policy_arn": "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"},
         "policy_arn"),
    ],
)  # fmt: skip
def test_policy_of_aws_is_found_wherever_it_is_attached(kind: str, body: dict[str, Any], path: str) -> None:
    """AdministratorAccess is the same in a list of a role, in a permission set and in another partition."""
    assert said(kind, body, "aws-managed-policy") == [path]


def test_policy_of_aws_is_found_behind_a_data_source() -> None:
    """Looking its ARN up by name hides nothing from who knows the ARN that was found."""
    raw = {
        "data": {"aws_iam_policy": {"admin": {"arn": ADMIN}}},
        "resource": {"aws_iam_role_policy_attachment": {"it": {"policy_arn": "${data.aws_iam_policy.admin.arn}"}}},
    }
    document = parse(raw, name="prod", source="prod")
    found = judge((document,), [RULES["aws-managed-policy"]], Settings()).findings

    assert [one.path for one in found] == ["policy_arn"]
