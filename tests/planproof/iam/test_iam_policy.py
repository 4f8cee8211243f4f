"""Statements together decide a request as IAM does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planproof.document import Reference, Unknown
from planproof.iam.policy import Answer, Condition, Principal, decide
from planproof.iam.reading import read
from planproof.iam.symbols import text_of, tree_of
from tests.planproof.iam.accounts import account, allow, deny, task

NOWHERE = account({})
ACTIONS = st.sampled_from(["*", "s3:*", "s3:Get*", "s3:GetObject", "S3:PUTOBJECT", "kms:Decrypt", "?3:GetObject"])
RESOURCES = st.sampled_from(["*", "a", "a/*", "a/?", "b", "*/x"])
REQUESTS = [(a, r) for a in ("s3:GetObject", "s3:PutObject", "kms:Decrypt") for r in ("a", "a/x", "a/xy", "b", "c/x")]
STATEMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "Effect": st.sampled_from(["Allow", "Deny"]),
            "action": st.tuples(st.sampled_from(["Action", "NotAction"]), st.lists(ACTIONS, min_size=1, max_size=2)),
            "resource": st.tuples(
                st.sampled_from(["Resource", "NotResource"]), st.lists(RESOURCES, min_size=1, max_size=2)
            ),
        }
    ),
    max_size=4,
)


def matched(patterns: list[str], text: str, flags: int = 0) -> bool:
    """Match by regular expression: another implementation than the one under test."""
    expressions = ["".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern) for pattern in patterns]
    return any(re.fullmatch(expression, text, flags) for expression in expressions)


def truth(statements: list[dict[str, Any]], action: str, resource: str) -> bool:
    """Evaluate by the book: an explicit denial wins, and silence denies."""
    effects = set()
    for statement in statements:
        element, actions = statement["action"]
        target, resources = statement["resource"]
        acts = matched(actions, action, re.IGNORECASE) is (element == "Action")
        if acts and matched(resources, resource) is (target == "Resource"):
            effects.add(statement["Effect"])
    return effects == {"Allow"}


@given(statements=STATEMENTS)
@settings(max_examples=300, deadline=None)
def test_decision_agrees_with_the_evaluation_logic(statements: list[dict[str, Any]]) -> None:
    """Whatever is written, what we call allowed is what AWS allows."""
    policy = {"Statement": [{"Effect": s["Effect"], **dict([s["action"], s["resource"]])} for s in statements]}
    parsed = read(policy, NOWHERE)

    for action, resource in REQUESTS:
        expected = Answer.YES if truth(statements, action, resource) else Answer.NO
        assert decide(parsed, action, resource).answer is expected, (action, resource)


def test_single_elements_are_lists() -> None:
    """IAM lets people leave out the brackets; the statement is the same."""
    statement = {
        "Sid": "One",
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": "*",
        "Condition": {"StringEquals": {"AWS:SourceAccount": "111111111111"}},
    }

    (found,) = read({"Statement": statement}, NOWHERE)

    assert found.actions == ("sts:AssumeRole",)
    assert found.principals == (Principal("AWS", "*"),)
    assert found.conditions == (Condition("StringEquals", "aws:sourceaccount", ("111111111111",)),)


def test_a_pattern_is_allowed_when_all_of_it_is() -> None:
    """Half of a bucket is not the bucket; two halves together are."""
    halves = read({"Statement": [allow("s3:GetObject", "b/a*"), allow("s3:GetObject", "b/?*")]}, NOWHERE)
    half = read({"Statement": [allow("s3:GetObject", "b/a*")]}, NOWHERE)
    hole = read({"Statement": [allow("s3:GetObject", "b/*"), deny("s3:GetObject", "b/secret/*")]}, NOWHERE)

    assert decide(half, "s3:GetObject", "b/*").answer is Answer.NO
    assert decide(halves, "s3:GetObject", "b/?*").answer is Answer.YES
    assert decide(hole, "s3:GetObject", "b/*").answer is Answer.NO
    assert decide(hole, "s3:GetObject", "b/a").answer is Answer.YES


def test_conditional_denial_is_a_doubt_and_not_an_answer() -> None:
    """Whether a condition holds is known only when the request is made."""
    guarded = deny("s3:*", "*", Condition={"Bool": {"aws:SecureTransport": "false"}})

    decision = decide(read({"Statement": [allow("s3:GetObject"), guarded]}, NOWHERE), "s3:GetObject", "b/x")

    assert (decision.answer, decision.cause) == (Answer.MAYBE, "statement 1 may deny it")


def test_unknown_policy_is_said_and_not_guessed() -> None:
    """A policy that only the cloud knows gives no permission and takes none."""
    decision = decide(read(Unknown("after apply"), NOWHERE), "s3:GetObject", "b/x")

    assert decision.answer is Answer.MAYBE
    assert decision.cause == "Action and Resource and Principal and Condition of statement 0 is not known"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("${aws_kms_key.data.arn}", "arn:aws:kms:eu-west-1:111111111111:key/<aws_kms_key.data>"),
        ("${aws_sqs_queue.receipts.arn}", "arn:aws:sqs:eu-west-1:111111111111:receipts"),
        ("${aws_cloudwatch_log_group.log.arn}:*", "arn:aws:logs:eu-west-1:111111111111:log-group:/ecs/payments:*"),
        ('${element(split(":", x), 6)}', '<element(split(":", x), 6)>'),
        ('x/${element(split(":", aws_db_proxy.p.arn), 6)}/y', "x/<from aws_db_proxy.p.arn>/y"),
        ("${local.proxy}", "<local.proxy>"),
        ("${aws_db_instance.ledger.resource_id}", "<aws_db_instance.ledger.resource_id>"),
        ("arn:aws:s3:::literal/*", "arn:aws:s3:::literal/*"),
    ],
)
def test_unknown_parts_keep_the_shape_of_an_arn(written: str, text: str) -> None:
    """A grant on all queues of the account covers one whose ARN is not known yet, and no other service."""
    assert text_of(written, task()) == text


def test_a_local_value_is_what_it_is_made_of() -> None:
    """A name that the stack gives to a part of an ARN is the same part as one written in place."""
    proxy = Reference("aws_db_proxy.p", "arn")

    named = text_of(Unknown("after apply", (proxy,), "dbuser:${local.proxy}/ledger"), task())

    assert named == "dbuser:<from aws_db_proxy.p.arn>/ledger"


def test_a_local_value_is_told_from_what_stands_beside_it() -> None:
    """The account and the region of an ARN are read by Terraform, and do not blur which part the local is."""
    proxy = Reference("aws_db_proxy.p", "arn")
    region = Reference("data.aws_region.here", "name")
    written = "arn:aws:rds-db:${data.aws_region.here.name}:1:dbuser:${local.proxy}/ledger"

    named = text_of(Unknown("after apply", (region, proxy), written), task())

    assert named == "arn:aws:rds-db:<data.aws_region.here.name>:1:dbuser:<from aws_db_proxy.p.arn>/ledger"


def test_two_locals_of_one_text_are_not_taken_for_each_other() -> None:
    """Where it cannot be told which local is made of what, each stays what it is called."""
    both = (Reference("aws_db_proxy.p", "arn"), Reference("aws_db_proxy.q", "arn"))

    named = text_of(Unknown("after apply", both, "${local.one}/${local.two}"), task())

    assert named == "<local.one>/<local.two>"


def test_expressions_with_quotes_do_not_hide_a_policy() -> None:
    """Terraform allows quotes inside an expression inside JSON; the policy is still read."""
    tree = tree_of('{"Resource": ["dbuser:${element(split(":", aws_db_proxy.p.arn), 6)}/ledger"]}')

    assert tree == {"Resource": ['dbuser:${element(split(":", aws_db_proxy.p.arn), 6)}/ledger']}
