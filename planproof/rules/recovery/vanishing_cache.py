"""A cache is deleted without a last snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.stores import CACHE, LAST_CACHE_SNAPSHOT, takes_snapshots
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(cache: Resource, _: Document) -> Iterator[Outcome]:
    """A name for the snapshot is what takes it, where the engine takes any."""
    if takes_snapshots(cache):
        yield from must(cache, LAST_CACHE_SNAPSHOT[cache.type], present=True, expected="a name for the snapshot")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=tuple(LAST_CACHE_SNAPSHOT),
    why="A replacement of the cache logs every customer out and forgets which payments were already made.",
    fix="Build the cache with modules.cache.Cache, which names a final snapshot.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-final.html",
    controls=("aws-fsbp/ElastiCache.1",),
    check=check,
    mutations=tuple(Mutation(path, ABSENT, kind) for kind, path in LAST_CACHE_SNAPSHOT.items()),
    specimen={
        "resource": {
            "aws_memorydb_cluster": {"sessions": {"final_snapshot_name": "the-last"}},
            CACHE: {"sessions": {"engine": "redis", "final_snapshot_identifier": "the-last"}},
        }
    },
)
