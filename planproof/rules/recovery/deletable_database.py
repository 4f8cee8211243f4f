"""One command deletes a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


TYPES: Final = ("aws_db_instance", "aws_rds_cluster")


def _protected(database: Resource, _: Document) -> Iterator[Outcome]:
    yield from must(database, "deletion_protection", equals=True, default=False)


check = outside_the_first(_protected, *TYPES)

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="One wrong name in a pull request replaces the ledger, and Terraform deletes the old one first.",
    fix="Leave deletion_protection at true in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    controls=("aws-fsbp/RDS.8", "aws-fsbp/RDS.7"),
    check=check,
    mutations=tuple(
        Mutation("deletion_protection", value, "aws_db_instance", environment=name)
        for name in ("staging", "prod")
        for value in (False, ABSENT)
    ),
)
