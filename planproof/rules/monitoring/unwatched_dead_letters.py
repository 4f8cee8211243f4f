"""No alarm tells when a message was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import Vital, unwatched, unwatching
from planproof.reading.queues import takes_dead_letters
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


METRIC: Final = "ApproximateNumberOfMessagesVisible"
VITALS: Final = (Vital(METRIC, "AWS/SQS", ("ApproximateAgeOfOldestMessage",)),)


def check(queue: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the queues that take what others could not deliver."""
    if takes_dead_letters(queue, document):
        yield from unwatched(queue, document, VITALS, "name")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_sqs_queue",),
    why="A dead letter is a customer who waits for something that will not come by itself.",
    fix="Hand the queue to modules.monitoring.Monitoring, which watches its dead letters.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"QueueName": "another"}),
)
