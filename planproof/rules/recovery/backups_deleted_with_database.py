"""The automated backups of a database go when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _kept(database: Resource, _: Document) -> Iterator[Outcome]:
    if database.get("replicate_source_db") is None:
        yield from must(database, "delete_automated_backups", equals=False, default=True)


check = outside_the_first(_kept, "aws_db_instance")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="Who deletes the ledger, by mistake or not, deletes every point in time it could be restored to.",
    fix="Set delete_automated_backups to false, as modules.database.Database does where deletion is refused.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html",
    controls=(),
    check=check,
    mutations=tuple(
        Mutation(
            "delete_automated_backups",
            value,
            "aws_db_instance",
            environment=name,
            on=lambda one, _: one.get("replicate_source_db") is None,
        )
        for name in ("staging", "prod")
        for value in (True, ABSENT)
    ),
)
