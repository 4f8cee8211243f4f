"""A topic that alarms write to has no subscriber."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


ALARMS: Final = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
PATH: Final = "aws_sns_topic_subscription"


def check(topic: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the topics of alarms; who reads other topics is not seen from here."""
    if document.referrers(topic, *ALARMS) and not document.referrers(topic, PATH):
        yield Violation(PATH, "a subscription that reaches people", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_sns_topic",),
    why="Every alarm of the platform is sent, accepted and thrown away.",
    fix="Name recipients in monitoring.recipients of the environment; modules.topic.Topic subscribes them.",
    docs="https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/10.7.3"),
    check=check,
    mutations=(
        Removal(PATH, at=PATH, environment="dev"),
        Removal(PATH, at=PATH, environment="staging"),
        Mutation("topic_arn", "arn:aws:sns:eu-west-1:111111111111:other", PATH, at=PATH, environment="dev"),
    ),
)
