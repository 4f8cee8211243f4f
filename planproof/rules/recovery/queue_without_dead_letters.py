"""A message that cannot be delivered is tried until it expires, and then lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.queues import takes_dead_letters
from planproof.rule import Addition, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


POLICY: Final = "aws_sqs_queue_redrive_policy"


def check(queue: Resource, document: Document) -> Iterator[Outcome]:
    """A redrive policy, in the queue or beside it; dead letters end where they are."""
    if takes_dead_letters(queue, document) or queue.get("redrive_policy") is not None:
        return
    if not document.naming(queue, POLICY, "queue_url"):
        yield Violation("redrive_policy", "a queue for dead letters")


def is_source(queue: Resource, document: Document) -> bool:
    """Choose the queues that are worked through."""
    return not takes_dead_letters(queue, document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_sqs_queue",),
    why="One message that no worker understands is taken again and again, until it is deleted unseen.",
    fix="Build the queue with modules.queue.Queue, which has a queue for dead letters.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    controls=(),
    check=check,
    mutations=(Addition("aws_sqs_queue", {"name": "payflow-forgotten"}, beside="aws_sqs_queue", at="redrive_policy"),),
)
