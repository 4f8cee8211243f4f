"""No alarm watches the load or the memory of a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import Vital, unwatched, unwatching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/ElastiCache"
VITALS: Final = (
    Vital("EngineCPUUtilization", SPACE, ("CPUUtilization",)),
    Vital("DatabaseMemoryUsagePercentage", SPACE, ("FreeableMemory", "BytesUsedForCache")),
)


def check(cache: Resource, document: Document) -> Iterator[Outcome]:
    """Its one busy thread, and how full it is."""
    yield from unwatched(cache, document, VITALS, "replication_group_id", "cluster_id")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_elasticache_replication_group", "aws_elasticache_cluster"),
    why="A full cache throws out sessions and idempotency keys: customers are logged out or charged twice.",
    fix="Hand the cache to modules.monitoring.Monitoring, which makes an alarm of each of its vitals.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"CacheClusterId": "another"}),
)
