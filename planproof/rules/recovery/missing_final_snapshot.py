"""A database is deleted without a last snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """Taken, and with a name; a replica's data is its source's."""
    if database.get("replicate_source_db") is not None:
        return
    yield from must(database, "skip_final_snapshot", equals=False, default=False)
    if database.get("skip_final_snapshot", False) is False:
        yield from must(database, "final_snapshot_identifier", present=True, expected="a name for the snapshot")


def is_source(database: Resource, _: Document) -> bool:
    """Choose what is no replica."""
    return database.get("replicate_source_db") is None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_instance", "aws_rds_cluster"),
    why="Automated backups go with the database: what was deleted by mistake is gone for good.",
    fix="Build the instance with modules.database.Database, which names a final snapshot.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    controls=("pci-dss-4.0.1/9.4.1.1",),
    check=check,
    mutations=(
        Mutation("skip_final_snapshot", value=True, on=is_source),
        Mutation("final_snapshot_identifier", ABSENT, on=is_source),
    ),
)
