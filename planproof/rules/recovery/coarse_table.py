"""A table cannot be restored to a point in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATHS: Final = {
    "aws_dynamodb_table": "point_in_time_recovery.0.enabled",
    "aws_dynamodb_table_replica": "point_in_time_recovery",
    "aws_keyspaces_table": "point_in_time_recovery.0.status",
}


def check(table: Resource, _: Document) -> Iterator[Outcome]:
    """Point-in-time recovery is on; a replica of a global table says it of its own."""
    wanted = "ENABLED" if table.type == "aws_keyspaces_table" else True
    yield from must(table, PATHS[table.type], equals=wanted)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=tuple(PATHS),
    why="A wrong deployment overwrites a million rows in a minute, and there is no minute before.",
    fix="Set point_in_time_recovery.enabled to true.",
    docs="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html",
    controls=("aws-fsbp/DynamoDB.2",),
    check=check,
    mutations=(
        Mutation("point_in_time_recovery.0.enabled", value=False, type="aws_dynamodb_table"),
        Mutation("point_in_time_recovery.0.status", "DISABLED", "aws_keyspaces_table"),
        *(Mutation("point_in_time_recovery", ABSENT, kind, at=path) for kind, path in PATHS.items()),
    ),
    specimen={
        "resource": {
            "aws_dynamodb_table": {"entries": {"point_in_time_recovery": [{"enabled": True}]}},
            "aws_dynamodb_table_replica": {"entries": {"point_in_time_recovery": True}},
            "aws_keyspaces_table": {"entries": {"point_in_time_recovery": [{"status": "ENABLED"}]}},
        }
    },
)
