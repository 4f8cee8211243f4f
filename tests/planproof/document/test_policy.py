"""A policy is one thing, however it is written and wherever it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import Resource, Unknown, parse

POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}]}


def written(policy: Any, **others: Any) -> Resource:
    """A role policy with this text, beside other sections."""
    raw = {
        "resource": {
            "aws_iam_role_policy": {"it": {"policy": policy}},
            "aws_kms_key": {"key": {}},
            **others.pop("resource", {}),
        },
        **others,
    }
    found = parse(raw, name="x", source="x").resource("aws_iam_role_policy.it")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "policy",
    [
        json.dumps(POLICY),
        '${jsonencode({"Statement" = [{Effect: "Allow", "Action": ["s3:GetObject"], Resource = "*"}]})}',
        "${data.aws_iam_policy_document.made.json}",
        "${aws_iam_policy.shared.policy}",
        "${local.policy}",
    ],
)
def test_every_way_of_writing_is_the_same_policy(policy: str) -> None:
    """Judging the text alone would miss what data sources and functions write."""
    document = {"aws_iam_policy_document": {"made": {"statement": {"actions": ["s3:GetObject"], "resources": ["*"]}}}}
    found = written(
        policy,
        data=document,
        locals={"policy": json.dumps(POLICY)},
        resource={"aws_iam_policy": {"shared": {"policy": json.dumps(POLICY)}}},
    ).policy("policy")
    assert isinstance(found, dict)
    (statement,) = found["Statement"]

    assert statement["Effect"] == "Allow"
    assert statement["Action"] == ["s3:GetObject"]
    assert statement["Resource"] in ("*", ["*"])


def test_blocks_become_a_policy() -> None:
    """Each block of a data source has its place in the document."""
    statement = {
        "sid": "One",
        "effect": "Deny",
        "not_actions": ["iam:*"],
        "not_resources": ["${aws_kms_key.key.arn}"],
        "principals": [
            {"type": "AWS", "identifiers": ["a"]},
            {"type": "AWS", "identifiers": ["b"]},
            {"type": "Service", "identifiers": ["c"]},
        ],
        "condition": [
            {"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["1"]},
            {"test": "StringEquals", "variable": "aws:SourceArn", "values": ["${aws_kms_key.key.arn}"]},
        ],
    }
    anyone = {"actions": ["s3:*"], "resources": ["*"], "principals": {"type": "*", "identifiers": ["*"]}}
    data = {"aws_iam_policy_document": {"made": {"statement": [statement, anyone]}}}
    found = written("${data.aws_iam_policy_document.made.json}", data=data).policy("policy")
    assert isinstance(found, dict)
    first, second = found["Statement"]

    assert (first["Effect"], first["Sid"], first["NotAction"]) == ("Deny", "One", ["iam:*"])
    assert isinstance(first["NotResource"][0], Unknown)
    assert first["Principal"] == {"AWS": ["a", "b"], "Service": ["c"]}
    assert first["Condition"]["StringEquals"]["aws:SourceAccount"] == ["1"]
    assert isinstance(first["Condition"]["StringEquals"]["aws:SourceArn"][0], Unknown)
    assert (second["Principal"], "Condition" in second) == ("*", False)


def test_parts_may_be_unknown() -> None:
    """An unknown list of principals or conditions does not hide the rest of the statement."""
    statement = {
        "actions": ["s3:*"],
        "principals": {"type": "AWS", "identifiers": "${var.accounts}"},
        "condition": "${var.conditions}",
    }
    data = {"aws_iam_policy_document": {"made": {"statement": [statement]}}}
    found = written("${data.aws_iam_policy_document.made.json}", data=data).policy("policy")
    assert isinstance(found, dict)

    assert isinstance(found["Statement"][0]["Principal"]["AWS"][0], Unknown)
    assert isinstance(found["Statement"][0]["Condition"], Unknown)
    assert found["Statement"][0]["Action"] == ["s3:*"]


@pytest.mark.parametrize(
    "policy",
    [
        "${data.aws_iam_policy_document.merged.json}",
        "${data.aws_iam_policy_document.elsewhere.json}",
        "${data.aws_iam_policy_document.repeated.json}",
        "${var.policy}",
        "${aws_kms_key.key.policy}",
        "${jsonencode(var.policy)}",
    ],
)
def test_what_is_not_here_is_unknown(policy: str) -> None:
    """A policy that cannot be read is never taken for an empty, harmless one."""
    data = {
        "aws_iam_policy_document": {
            "merged": {"source_policy_documents": ["${var.base}"]},
            "repeated": {"dynamic": {"statement": {"for_each": "${var.x}", "content": {}}}},
        }
    }

    assert isinstance(written(policy, data=data).policy("policy"), Unknown)


@pytest.mark.parametrize("policy", [None, "", "no json", "12", True])
def test_what_is_no_policy_is_none(policy: object) -> None:
    """Absent and broken text are told apart from a policy."""
    assert written(policy).policy("policy") is None


def test_a_policy_may_be_an_object() -> None:
    """Providers may give the document as a tree."""
    assert written({"Statement": []}).policy("policy") == {"Statement": []}
