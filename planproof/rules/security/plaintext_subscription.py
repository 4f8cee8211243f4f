"""A topic sends its messages to an address without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(subscription: Resource, _: Document) -> Iterator[Outcome]:
    """Any protocol but http."""
    if subscription.get("protocol") == "http":
        yield Violation("protocol", "https")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_sns_topic_subscription",),
    why="Alarms, with names and addresses of what broke, cross the internet readable.",
    fix="Subscribe with the protocol https.",
    docs="https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    controls=("pci-dss-4.0.1/4.2.1",),
    check=check,
    mutations=(Mutation("protocol", "http"),),
)
