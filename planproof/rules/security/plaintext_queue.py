"""A queue answers requests without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.iam.symbols import arn
from planproof.reading.policies import must_refuse_plain_http
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


POLICY: Final = "aws_sqs_queue_policy"
ACTIONS: Final = ("sqs:SendMessage", "sqs:ReceiveMessage")


def check(channel: Resource, document: Document) -> Iterator[Outcome]:
    """A policy denies plain HTTP, be it a resource or an attribute.

    Beside a resource the attribute shows the same policy, or in a state the one that AWS gave before it.
    """
    policies = [*document.naming(channel, POLICY, "queue_url")]
    if not policies and channel.get("policy") is not None:
        policies.append(channel)
    if not policies:
        yield Violation(POLICY, "a policy that denies requests without TLS", found="none")
    for policy in policies:
        yield from must_refuse_plain_http(policy, "policy", document, ACTIONS, (arn(channel, document),))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_sqs_queue",),
    why="A client that is configured with http sends messages readable, and nobody notices.",
    fix="Deny sqs:* to everybody where aws:SecureTransport is false; modules.queue.Queue does.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    controls=("pci-dss-4.0.1/4.2.1",),
    check=check,
    mutations=(
        Removal(POLICY, at=POLICY),
        Mutation("policy.Statement.0.Effect", "Allow", type=POLICY, at="policy"),
        Mutation("policy.Statement.0.Condition", ABSENT, type=POLICY, at="policy"),
        Mutation("policy.Statement.0.Condition", {"Bool": {"aws:SecureTransport": "true"}}, type=POLICY, at="policy"),
        Mutation("policy.Statement.0.Principal", {"Service": "events.amazonaws.com"}, type=POLICY, at="policy"),
        Mutation("policy.Statement.0.Resource", ["arn:aws:sns:eu-west-1:1:other"], type=POLICY, at="policy"),
    ),
)
