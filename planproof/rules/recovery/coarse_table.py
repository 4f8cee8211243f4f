"""A table cannot be restored to a point in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(table: Resource, _: Document) -> Iterator[Outcome]:
    """Point-in-time recovery is on; a replica of a global table says it of its own."""
    yield from must(table, "point_in_time_recovery.0.enabled", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_dynamodb_table",),
    why="A wrong deployment overwrites a million rows in a minute, and there is no minute before.",
    fix="Set point_in_time_recovery.enabled to true.",
    docs="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html",
    controls=("aws-fsbp/DynamoDB.2",),
    check=check,
    mutations=(
        Mutation("point_in_time_recovery.0.enabled", value=False),
        Mutation("point_in_time_recovery", ABSENT, at="point_in_time_recovery.0.enabled"),
    ),
    specimen={"resource": {"aws_dynamodb_table": {"entries": {"point_in_time_recovery": [{"enabled": True}]}}}},
)
