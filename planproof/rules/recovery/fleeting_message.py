"""A queue throws messages away before a day has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST: Final = 24 * 60 * 60
FOUR_DAYS: Final = 4 * LEAST


def check(queue: Resource, _: Document) -> Iterator[Outcome]:
    """Where nothing is said, AWS keeps a message for four days."""
    yield from must(
        queue, "message_retention_seconds", at_least=LEAST, default=FOUR_DAYS, expected=f"at least {LEAST}, a day"
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_sqs_queue",),
    why="A worker that is down for a night loses what was asked of it, and no dead letter tells of it.",
    fix="Build the queue with modules.queue.Queue, which keeps messages for days.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-queue-parameters.html",
    controls=(),
    check=check,
    mutations=(Mutation("message_retention_seconds", 60),),
)
