"""No alarm tells when a table refuses or fails requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, unwatched, unwatching, watching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/DynamoDB"
VITALS: Final = (
    Vital("ThrottledRequests", SPACE, ("ReadThrottleEvents", "WriteThrottleEvents")),
    Vital("SystemErrors", SPACE),
)


def check(table: Resource, document: Document) -> Iterator[Outcome]:
    """Requests above its capacity, and those that fail inside AWS."""
    yield from unwatched(table, document, VITALS, "name")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_dynamodb_table",),
    why="Entries of the ledger are refused for minutes, and what was not retried is missing.",
    fix="Add an alarm on ThrottledRequests and one on SystemErrors, with the dimensions TableName and Operation.",
    docs="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"TableName": "another"}),
    specimen={
        "resource": {
            "aws_dynamodb_table": {"entries": {"name": "entries"}},
            ALARM: watching(VITALS, {"TableName": "${aws_dynamodb_table.entries.name}", "Operation": "PutItem"}),
        }
    },
)
