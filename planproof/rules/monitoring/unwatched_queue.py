"""No alarm tells when messages wait too long in a queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, on_metric, unwatched, unwatching
from planproof.reading.queues import takes_dead_letters
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


VITALS: Final = (Vital("ApproximateAgeOfOldestMessage", "AWS/SQS"),)


def check(queue: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the queues that somebody works through; dead letters wait by design."""
    if not takes_dead_letters(queue, document):
        yield from unwatched(queue, document, VITALS, "name")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_sqs_queue",),
    why="The workers are gone or too few, messages grow old and are deleted, and nothing looks broken.",
    fix="Hand the queue to modules.monitoring.Monitoring, which watches the age of its oldest message.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=(
        *unwatching(VITALS, {"QueueName": "another"}),
        Mutation(
            "metric_name", "NumberOfMessagesSent", ALARM, at=VITALS[0].metric, on=on_metric("AWS/SQS", VITALS[0].metric)
        ),
    ),
)
