"""One command deletes a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _protected(table: Resource, _: Document) -> Iterator[Outcome]:
    yield from must(table, "deletion_protection_enabled", equals=True, default=False)


check = outside_the_first(_protected, "aws_dynamodb_table", "aws_dynamodb_table_replica")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="A change of a key replaces the table: Terraform deletes the old one with all its rows.",
    fix="Set deletion_protection_enabled to true.",
    docs="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
    controls=("aws-fsbp/DynamoDB.6",),
    check=check,
    mutations=(
        Mutation("deletion_protection_enabled", value=False, type="aws_dynamodb_table"),
        Mutation("deletion_protection_enabled", ABSENT, "aws_dynamodb_table"),
        Mutation("deletion_protection_enabled", ABSENT, "aws_dynamodb_table_replica"),
    ),
    specimen={
        "prod": {
            "resource": {
                "aws_dynamodb_table": {"entries": {"deletion_protection_enabled": True}},
                "aws_dynamodb_table_replica": {"entries": {"deletion_protection_enabled": True}},
            }
        }
    },
)
