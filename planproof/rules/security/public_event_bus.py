"""Everybody can put events on a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


OURS: Final = (
    '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, '
    '"Action": "events:PutEvents", "Resource": "*"}]}'
)


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudwatch_event_bus_policy",),
    why="A stranger starts whatever our rules start.",
    fix="Name the accounts that send events, or the organisation.",
    docs="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
    controls=("pci-dss-4.0.1/7.3.3", "aws-fsbp/EventBridge.3"),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "events:PutEvents", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "events:PutEvents",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
    ),
    specimen={"resource": {"aws_cloudwatch_event_bus_policy": {"ours": {"policy": OURS}}}},
)
