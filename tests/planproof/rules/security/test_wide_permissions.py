"""Permissions that are everything however they are written, and those of which it is not known whether they are."""

from __future__ import annotations

import json
from string import ascii_uppercase
from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import Judgement, judge
from planproof.rules import rules

BY_ID = {rule.id: rule for rule in rules()}
TRUST = "assume_role_policy.Statement.0"
OPEN = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
PIECES = [f"s3:{letter}*" for letter in ascii_uppercase]
BUCKET = "arn:aws:s3:::papers/*"


def judged(rule: str, kind: str, **body: Any) -> Judgement:
    """What a rule says of one resource."""
    base = {"aws_iam_policy_document": {"base": {"statement": {
        "actions": ["sts:AssumeRole"], "principals": {"type": "AWS", "identifiers": ["*"]}}},
        "trust": {"source_policy_documents": ["${data.aws_iam_policy_document.base.json}"]}}}  # fmt: skip
    raw = {"resource": {kind: {"it": body}, "aws_iam_policy": {"own": {"name": "own"}}}, "data": base}
    found = judge((parse(raw, name="prod", source="prod"),), (BY_ID[rule],))
    assert not found.defects
    return found


def said(rule: str, statement: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Where a rule finds something wrong with one statement of a role's policy, and where it is in doubt."""
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Resource": "*", **statement}]})
    found = judged(rule, "aws_iam_role_policy", role="it", policy=policy)
    paths = ([one.path for one in found.findings], [one.path for one in found.doubts])
    return tuple([path.removeprefix("policy.Statement.0.") for path in one] for one in paths)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("actions", "found"),
    [
        (PIECES, ["Action.0"]),
        (["sqs:SendMessage", *PIECES], ["Action.1"]),
        (PIECES[:-3], ["Action.0"]),
        (["s3:?*"], ["Action.0"]),
        ([one for one in PIECES if one != "s3:G*"], []),
        (["s3:Get*", "s3:Put*"], []),
        (["nosuchservice:A*"], []),
    ],
)
def test_pieces_that_are_the_whole_are_the_whole(actions: list[str], found: list[str]) -> None:
    """Every action of a service in 26 patterns is every action; all but those that begin with one letter are not."""
    assert said("every-action", {"Action": actions, "Resource": BUCKET}) == (found, [])


@pytest.mark.parametrize("name", ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"])
def test_the_policies_of_aws_that_give_everything_are_everything(name: str) -> None:
    """Attached by its ARN or listed in a role, it is as bad as a star that was written here."""
    arn = f"arn:aws:iam::aws:policy/{name}"
    attached = judged("every-action", "aws_iam_user_policy_attachment", user="it", policy_arn=arn)
    listed = judged("every-action", "aws_iam_role", managed_policy_arns=[arn])

    assert [one.path for one in attached.findings] == ["policy_arn"]
    assert [one.path for one in listed.findings] == ["managed_policy_arns.0"]


@pytest.mark.parametrize(
    ("arn", "doubts"),
    [
        ("${var.policy}", 1),
        ("${module.access.policy_arn}", 1),
        ("${data.aws_iam_policy.admin.arn}", 1),
        ("${aws_iam_policy.own.arn}", 0),
        ("arn:aws:iam::111111111111:policy/own", 0),
        ("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", 0),
    ],
)
def test_an_attached_policy_from_outside_may_be_one_of_aws(arn: str, doubts: int) -> None:
    """A policy of the stack is not in doubt, and what a variable names is."""
    for rule in ("every-action", "aws-managed-policy"):
        found = judged(rule, "aws_iam_role_policy_attachment", role="it", policy_arn=arn)
        assert (len(found.findings), len(found.doubts)) == (0, doubts), rule


@pytest.mark.parametrize(
    ("rule", "statement", "doubts"),
    [
        ("every-action", {"Action": "${var.action}"}, ["Action"]),
        ("every-action", {"Action": "sqs:SendMessage", "Resource": "${var.queue}"}, []),
        ("every-resource", {"Action": "sqs:SendMessage", "Resource": "${var.queue}"}, ["Resource"]),
        ("every-resource", {"Action": "${var.action}"}, ["Action"]),
        ("every-resource", {"Action": "${var.action}", "Resource": BUCKET}, []),
        ("every-resource", {"Action": "sqs:ListQueues", "Resource": "${var.queue}"}, []),
        ("every-resource", {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${var.name}"}, []),
        ("every-resource", {"Action": "sqs:SendMessage", "Condition": "${var.condition}"}, ["Condition"]),
        ("unbounded-passrole", {"Action": "${var.action}"}, ["Action"]),
        ("unbounded-passrole", {"Action": "${var.action}", "Resource": BUCKET}, []),
        ("ineffective-grant", {"Action": "sqs:SendMessage", "Resource": "${var.queue}"}, ["Resource"]),
        ("ineffective-grant", {"Action": "${var.action}", "Resource": BUCKET}, ["Action"]),
        ("ineffective-grant", {"Action": "${var.action}"}, []),
        ("unknown-action", {"Action": "${var.action}"}, ["Action"]),
        ("unknown-action", {"Action": "sqs:SendMessage", "Resource": "${var.queue}"}, []),
    ],
)
def test_only_what_matters_leaves_a_doubt(rule: str, statement: dict[str, Any], doubts: list[str]) -> None:
    """A reader of doubts must find each worth his time: an unknown queue cannot be every action."""
    assert said(rule, statement) == ([], doubts)


@pytest.mark.parametrize(
    ("trust", "found", "doubts"),
    [
        (json.dumps({"Statement": [OPEN]}), 1, 0),
        ("${data.aws_iam_policy_document.trust.json}", 1, 0),
        ("${var.trust}", 0, 1),
        ("${jsonencode({Statement = [var.one]})}", 0, 1),
        (json.dumps({"Statement": [{**OPEN, "Principal": {"Service": "${var.service}"}}]}), 0, 0),
        (json.dumps({"Statement": [{**OPEN, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}]}), 0, 0),
        (json.dumps({"Statement": [{**OPEN, "Condition": {"StringLike": {"aws:PrincipalArn": "*"}}}]}), 1, 0),
        (json.dumps({"Statement": [{**OPEN, "Condition": {"StringLike": {"aws:PrincipalArn": "${var.who}"}}}]}), 0, 1),
        (json.dumps({"Statement": [{**OPEN, "Condition": {"StringEquals": {"sts:ExternalId": "ours"}}}]}), 1, 0),
        (json.dumps({"Statement": [{**OPEN, "Condition": {"IpAddress": {"aws:SourceIp": "${var.office}"}}}]}), 0, 1),
    ],
)  # fmt: skip
def test_a_role_is_open_as_a_bucket_is(trust: str, found: int, doubts: int) -> None:
    """One organisation is not anybody, an external id that anybody may send is; what is not known stays open."""
    judgement = judged("open-trust", "aws_iam_role", name="it", assume_role_policy=trust)

    assert (len(judgement.findings), len(judgement.doubts)) == (found, doubts)
