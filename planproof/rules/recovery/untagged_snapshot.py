"""The snapshots of a database do not say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """Tags are copied when a snapshot is taken."""
    yield from must(database, "copy_tags_to_snapshot", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_db_instance", "aws_rds_cluster"),
    why="Nobody dares to delete a snapshot of unknown owner and class, so card data is kept for ever.",
    fix="Build the instance with modules.database.Database, which copies its tags.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html",
    controls=("aws-fsbp/RDS.17", "aws-fsbp/RDS.16", "pci-dss-4.0.1/3.2.1"),
    check=check,
    mutations=(Mutation("copy_tags_to_snapshot", value=False), Mutation("copy_tags_to_snapshot", ABSENT)),
)
