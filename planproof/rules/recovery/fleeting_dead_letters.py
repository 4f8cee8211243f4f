"""Dead letters expire before messages that wait in their own queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import as_number, must
from planproof.document import Document, Resource, Unknown, UnknownValueError
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "message_retention_seconds"
DEFAULT_SECONDS: Final = 345_600
"""Four days: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"""


def check(queue: Resource, document: Document) -> Iterator[Outcome]:
    """A message keeps its age when it is given up: it must be kept there at least as long."""
    asked = queue.get(PATH, DEFAULT_SECONDS)
    if isinstance(asked, Unknown):
        raise UnknownValueError(asked)
    kept = int(as_number(asked) or DEFAULT_SECONDS)
    for dead in (one for one in document.targets(queue, "redrive_policy") if one.type == "aws_sqs_queue"):
        for outcome in must(dead, PATH, at_least=kept, default=DEFAULT_SECONDS, expected=f"at least {kept} seconds"):
            yield (
                Violation(PATH, outcome.expected, resource=dead)
                if isinstance(outcome, Violation)
                else Undecided(PATH, outcome.cause, dead)
            )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_sqs_queue",),
    why="A message that was tried for days is deleted the hour it arrives where somebody would look at it.",
    fix="Build the queue with modules.queue.Queue, which keeps dead letters for 14 days.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    controls=(),
    check=check,
    mutations=(
        Mutation(PATH, 3600, on=lambda one, _: one.get("redrive_policy") is None),
        Mutation(PATH, 60, on=lambda one, _: one.get("redrive_policy") is None),
    ),
)
