"""Whether a role may do what was asked is decided by the names that IAM gives to calls."""

from __future__ import annotations

import pytest

from tests.lifecycle.asked import action_of, refused


@pytest.mark.parametrize(
    ("service", "operation", "action"),
    [
        ("ecs", "CreateService", "ecs:CreateService"),
        ("elbv2", "CreateListener", "elasticloadbalancing:CreateListener"),
        ("s3", "HeadBucket", "s3:ListBucket"),
        ("s3control", "GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock"),
        ("budgets", "DescribeBudget", "budgets:ViewBudget"),
    ],
)
def test_a_call_needs_its_action(service: str, operation: str, action: str) -> None:
    """A permission by the name of the call, where the action has another, allows nothing in a real account."""
    assert action_of(service, operation) == action


def test_a_call_whose_action_is_not_known_is_told() -> None:
    """It must not pass as allowed."""
    with pytest.raises(LookupError, match="s3:ListVersions needs an action of another name than s3:ListVersions"):
        action_of("s3", "ListVersions")


def test_what_no_statement_allows_is_refused() -> None:
    """Wildcards and lists allow; a denial does not."""
    statements: list[dict[str, object]] = [
        {"Effect": "Allow", "Action": ["ecs:Describe*", "S3:getobject"]},
        {"Effect": "Allow", "Action": "kms:CreateKey"},
        {"Effect": "Deny", "Action": "iam:*"},
    ]
    asked = {"ecs:DescribeServices", "ecs:CreateService", "s3:GetObject", "kms:CreateKey", "iam:CreateRole"}

    assert refused(asked, statements) == {"ecs:CreateService", "iam:CreateRole"}
