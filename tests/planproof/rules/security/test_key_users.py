"""Which services a key lets in, when the policy is written elsewhere, unknown or absent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import Judgement, judge
from planproof.rules.security.key_refuses_audit import RULE as AUDIT
from planproof.rules.security.key_refuses_logs import RULE as LOGS
from planproof.rules.security.unencrypted_queue import RULE as QUEUE

USE = {
    "Effect": "Allow",
    "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
    "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    "Resource": "*",
}
PROVIDER = {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["111111111111"]}]}


def judged(key: dict[str, Any], **more: dict[str, Any]) -> Judgement:
    """What the rule says of a key that encrypts one log group."""
    resources = {
        "aws_kms_key": {"logs": key},
        "aws_cloudwatch_log_group": {"app": {"name": "/app", "kms_key_id": "${aws_kms_key.logs.arn}"}},
        **more,
    }
    raw = {"provider": PROVIDER, "resource": resources}
    found = judge((parse(raw, name="prod", source="prod"),), (LOGS,))
    assert not found.defects
    return found


def policy(*statements: dict[str, Any]) -> str:
    """A policy as text."""
    return json.dumps({"Statement": list(statements)})


def test_aws_own_example_is_right() -> None:
    """The policy of AWS's page lets the service in; wildcards in actions count."""
    condition = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111111111111:*"}}

    assert not judged({"policy": policy({**USE, "Condition": condition})}).findings


def test_a_policy_in_a_resource_of_its_own_counts() -> None:
    """Terraform can write a key and its policy apart."""
    own = {"aws_kms_key_policy": {"logs": {"key_id": "${aws_kms_key.logs.key_id}", "policy": policy(USE)}}}

    assert not judged({}, **own).findings
    assert [one.path for one in judged({}).findings] == ["policy"]


@pytest.mark.parametrize(
    "change",
    [
        {"Principal": {"Service": "logs.us-east-1.amazonaws.com"}},
        {"Principal": {"AWS": "arn:aws:iam::111111111111:root"}},
        {"Action": "kms:Decrypt"},
        {
            "Condition": {
                "ArnEquals": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111111111111:log-group:/b"}
            }
        },
        {"Condition": {"StringEquals": {"aws:SourceAccount": "222222222222"}}},
    ],
)
def test_another_region_group_or_account_is_refused(change: dict[str, Any]) -> None:
    """The deployment would stop half way at the log group."""
    assert [one.path for one in judged({"policy": policy({**USE, **change})}).findings] == ["policy"]


def test_an_unknown_policy_is_undecided() -> None:
    """A policy from outside may let the service in."""
    found = judged({"policy": "${var.policy}"})

    assert (len(found.findings), len(found.doubts)) == (0, 1)


def test_a_key_that_nothing_audits_need_not_know_the_auditors() -> None:
    """Least privilege: only the keys that are used let a service in."""
    raw = {"provider": PROVIDER, "resource": {"aws_kms_key": {"data": {"policy": policy(USE)}}}}

    assert not judge((parse(raw, name="prod", source="prod"),), (AUDIT, LOGS)).findings


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("${aws_kms_key.ours.arn}", "pass"),
        ("${aws_kms_alias.ours.name}", "pass"),
        ("alias/aws/sqs", "fail"),
        ("${data.aws_kms_alias.theirs.target_key_arn}", "fail"),
        ("${data.aws_kms_key.shared.arn}", "pass"),
        ("arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab", "undecided"),
        ("${var.key}", "undecided"),
        (None, "fail"),
    ],
)
def test_whose_key_it_is(key: str | None, answer: str) -> None:
    """Ours by reference, AWS's by alias; the id of a key that is nowhere in the document says nothing."""
    raw = {
        "resource": {
            "aws_kms_key": {"ours": {}},
            "aws_kms_alias": {"ours": {"name": "alias/ours", "target_key_id": "${aws_kms_key.ours.id}"}},
            "aws_sqs_queue": {"q": {"name": "q", **({"kms_master_key_id": key} if key else {})}},
        },
        "data": {
            "aws_kms_alias": {"theirs": {"name": "alias/aws/sqs"}},
            "aws_kms_key": {"shared": {"key_id": "alias/platform"}},
        },
    }
    found = judge((parse(raw, name="prod", source="prod"),), (QUEUE,))
    said = "fail" if found.findings else "undecided" if found.doubts else "pass"

    assert said == answer
