"""A cache is never backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.stores import CACHE, CACHE_SNAPSHOTS, SERVERLESS, takes_snapshots
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(cache: Resource, _: Document) -> Iterator[Outcome]:
    """At least one daily snapshot is kept, where the engine takes any."""
    if takes_snapshots(cache):
        yield from must(cache, "snapshot_retention_limit", at_least=1, default=0, expected="at least 1 day")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=CACHE_SNAPSHOTS,
    why="Idempotency keys that are lost let a payment that is sent again be made again.",
    fix="Set cache.snapshot_retention_days in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html",
    controls=("aws-fsbp/ElastiCache.1",),
    check=check,
    mutations=(Mutation("snapshot_retention_limit", 0), Mutation("snapshot_retention_limit", ABSENT)),
    specimen={
        "resource": {
            "aws_memorydb_cluster": {"sessions": {"snapshot_retention_limit": 7}},
            CACHE: {"sessions": {"engine": "redis", "snapshot_retention_limit": 7}},
            SERVERLESS: {"sessions": {"engine": "valkey", "snapshot_retention_limit": 7}},
        }
    },
)
