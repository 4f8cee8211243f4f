"""A database or a file system keeps its backups for less than a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.stores import BACKUP_DAYS, is_copy, source
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator


LEAST_DAYS: Final = 7
SWITCHED: Final = "aws_lightsail_database"


def check(store: Resource, _: Document) -> Iterator[Outcome]:
    """A replica is backed up by its source; Lightsail keeps seven days or none."""
    if store.type == SWITCHED:
        yield from must(store, "backup_retention_enabled", equals=True, default=True)
        return
    days = BACKUP_DAYS[store.type]
    if is_copy(store):
        return
    if days.default is None and store.get(days.path) is None:
        yield Undecided(days.path, "AWS chooses how long it keeps the backups of this kind of store")
        return
    yield from must(store, days.path, at_least=LEAST_DAYS, default=days.default, expected=f"at least {LEAST_DAYS} days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(*BACKUP_DAYS, SWITCHED),
    why="A wrong deployment on Friday is found on Monday, and the last good state of the ledger is gone.",
    fix="Set the days to 7 or more; for our database, database.backup_retention_days in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
    controls=("aws-fsbp/RDS.11", "aws-fsbp/DocumentDB.2", "aws-fsbp/Neptune.5", "aws-fsbp/Redshift.3"),
    check=check,
    mutations=(
        *(Mutation(days.path, few, kind, on=source(kind)) for kind, days in BACKUP_DAYS.items() for few in (0, 1)),
        *(
            Mutation(days.path, ABSENT, kind, on=source(kind))
            for kind, days in BACKUP_DAYS.items()
            if days.default is not None and days.default < LEAST_DAYS
        ),
        Mutation("backup_retention_enabled", value=False, type=SWITCHED),
    ),
    specimen={
        "resource": {
            SWITCHED: {"store": {"backup_retention_enabled": True}},
            **{
                kind: {"store": {days.path: LEAST_DAYS, "deployment_type": "PERSISTENT_2"}}
                for kind, days in BACKUP_DAYS.items()
            },
        }
    },
)
