"""A database keeps its backups for less than a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


LEAST_DAYS: Final = 7


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """A replica is backed up by its source."""
    if database.get("replicate_source_db") is None:
        yield from must(
            database, "backup_retention_period", at_least=LEAST_DAYS, default=0, expected=f"at least {LEAST_DAYS} days"
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_instance", "aws_rds_cluster"),
    why="A wrong deployment on Friday is found on Monday, and the last good state of the ledger is gone.",
    fix="Set database.backup_retention_days to 7 or more in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
    controls=("aws-fsbp/RDS.11",),
    check=check,
    mutations=tuple(
        Mutation("backup_retention_period", days, on=lambda one, _: one.get("replicate_source_db") is None)
        for days in (0, 1, ABSENT)
    ),
)
