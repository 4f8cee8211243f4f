"""A cache is deleted without a last snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(cache: Resource, _: Document) -> Iterator[Outcome]:
    """A name for the snapshot is what takes it."""
    yield from must(cache, "final_snapshot_identifier", present=True, expected="a name for the snapshot")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_elasticache_replication_group",),
    why="A replacement of the cache logs every customer out and forgets which payments were already made.",
    fix="Build the cache with modules.cache.Cache, which names a final snapshot.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-final.html",
    controls=(),
    check=check,
    mutations=(Mutation("final_snapshot_identifier", ABSENT),),
)
