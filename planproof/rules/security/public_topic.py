"""A topic can be published to, or subscribed to, by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_sns_topic_policy", "aws_sns_topic"),
    why="Strangers read our alarms or bury them among false ones.",
    fix="Name the services that publish, with aws:SourceAccount; modules.topic.Topic does.",
    docs="https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    controls=("pci-dss-4.0.1/7.3.3", "aws-fsbp/SNS.4"),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "sns:Publish",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
    ),
)
