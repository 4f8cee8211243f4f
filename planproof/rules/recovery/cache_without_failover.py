"""A cache does not survive the loss of its first node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(cache: Resource, _: Document) -> Iterator[Outcome]:
    """A second node, in another zone, that takes over by itself."""
    yield from must(cache, "automatic_failover_enabled", equals=True, default=False)
    yield from must(cache, "multi_az_enabled", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_elasticache_replication_group",),
    why="Every payment asks the cache first: without it all of them fail until somebody promotes a replica.",
    fix="Build the cache with modules.cache.Cache and at least one replica.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
    controls=("aws-fsbp/ElastiCache.3",),
    check=check,
    mutations=(
        Mutation("automatic_failover_enabled", value=False),
        Mutation("automatic_failover_enabled", ABSENT),
        Mutation("multi_az_enabled", value=False),
        Mutation("multi_az_enabled", ABSENT),
    ),
)
