"""Whom the policy of a resource lets in, and whether it refuses plain HTTP, in every way it can be written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import Judgement, judge
from planproof.rule import AnyRule
from planproof.rules.security.plaintext_bucket import RULE as PLAINTEXT
from planproof.rules.security.public_bucket_policy import RULE as PUBLIC

OURS = "111111111111"
ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::papers/*"}
DENY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::papers", "arn:aws:s3:::papers/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def judged(rule: AnyRule, *statements: dict[str, Any]) -> Judgement:
    """What a rule says of a bucket whose policy has these statements."""
    raw = {
        "resource": {
            "aws_s3_bucket": {"papers": {"bucket": "papers"}},
            "aws_s3_bucket_policy": {
                "papers": {
                    "bucket": "${aws_s3_bucket.papers.id}",
                    "policy": json.dumps({"Statement": list(statements)}),
                }
            },
        }
    }
    found = judge((parse(raw, name="prod", source="prod"),), (rule,))
    assert not found.defects
    return found


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": OURS}},
        {"StringEquals": {"AWS:PrincipalOrgID": "o-1234567890"}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:cloudfront::{OURS}:distribution/*"}},
        {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "203.0.113.7/32"]}},
        {"StringEquals": {"aws:SourceVpce": "vpce-1"}, "Bool": {"aws:SecureTransport": "true"}},
    ],
)
def test_a_condition_on_somebody_known_closes_it(condition: dict[str, Any]) -> None:
    """Such a policy is not public for AWS either: an alarm would be a false one."""
    assert not judged(PUBLIC, {**ALLOW, "Condition": condition}).findings


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringLike": {"aws:SourceAccount": "*"}},
        {"StringNotEquals": {"aws:SourceAccount": OURS}},
        {"StringEqualsIfExists": {"aws:SourceAccount": OURS}},
        {"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-1/r-1/*"}},
        {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "0.0.0.0/0"]}},
        {"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}},
        {"StringEquals": {"aws:UserAgent": "ours"}},
        {"StringLike": {"aws:Referer": "https://payflow.example/*"}},
    ],
)
def test_a_condition_that_anybody_can_meet_closes_nothing(condition: dict[str, Any]) -> None:
    """A key that is left out, excluded or chosen by the caller keeps nobody away."""
    (found,) = judged(PUBLIC, {**ALLOW, "Condition": condition}).findings

    assert found.path == "policy.Statement.0.Principal"


def test_unknown_principals_are_undecided() -> None:
    """Who comes from a variable may be everybody or nobody."""
    found = judged(PUBLIC, {**ALLOW, "Principal": {"AWS": "${var.reader}"}})

    assert (found.findings, [one.path for one in found.doubts]) == ([], ["policy.Statement.0.Principal"])


@pytest.mark.parametrize(
    "statement",
    [
        DENY,
        {**DENY, "Principal": {"AWS": "*"}},
        {**DENY, "Condition": {"Bool": {"AWS:SecureTransport": False}}},
        {**DENY, "Condition": {"BoolIfExists": {"aws:SecureTransport": ["false"]}}},
        {**DENY, "Resource": "*"},
        {**DENY, "Action": ["s3:Get*", "s3:PutObject", "s3:List*", "s3:DeleteObject"]},
    ],
)
def test_every_way_to_refuse_plain_http_counts(statement: dict[str, Any]) -> None:
    """The same denial written differently is the same denial."""
    assert not judged(PLAINTEXT, statement).findings


@pytest.mark.parametrize(
    "statement",
    [
        {**DENY, "Resource": "arn:aws:s3:::papers/*"},
        {**DENY, "Resource": "arn:aws:s3:::papers"},
        {**DENY, "Action": "s3:GetObject"},
        {**DENY, "Principal": {"AWS": f"arn:aws:iam::{OURS}:root"}},
        {**DENY, "Condition": {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}},
        {**DENY, "Condition": {"StringEquals": {"aws:SecureTransport": "false"}}},
        {**DENY, "Effect": "Allow"},
    ],
)
def test_half_a_denial_is_none(statement: dict[str, Any]) -> None:
    """Some requests still go through readable."""
    assert [one.path for one in judged(PLAINTEXT, statement).findings] == ["policy"]


def test_a_policy_from_outside_is_undecided() -> None:
    """A policy that a variable brings may refuse plain HTTP or not."""
    raw = {
        "resource": {
            "aws_s3_bucket": {"papers": {"bucket": "papers"}},
            "aws_s3_bucket_policy": {"papers": {"bucket": "${aws_s3_bucket.papers.id}", "policy": "${var.policy}"}},
        }
    }
    for rule in (PLAINTEXT, PUBLIC):
        found = judge((parse(raw, name="prod", source="prod"),), (rule,))
        assert (len(found.findings), len(found.doubts)) == (0, 1)
