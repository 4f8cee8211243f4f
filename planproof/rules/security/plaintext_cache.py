"""A cache speaks without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


DAX: Final = "aws_dax_cluster"
SWITCHLESS: Final = frozenset({"aws_memorydb_cluster", DAX})


def check(cache: Resource, _: Document) -> Iterator[Outcome]:
    """TLS, and no connection without it; a member of a group takes it from the group."""
    if cache.get("replication_group_id") is not None and cache.type == "aws_elasticache_cluster":
        return
    if cache.type == DAX:
        yield from must(cache, "cluster_endpoint_encryption_type", equals="TLS", default="NONE")
        return
    if cache.type == "aws_memorydb_cluster":
        yield from must(cache, "tls_enabled", equals=True, default=True)
        return
    yield from must(cache, "transit_encryption_enabled", equals=True)
    if cache.get("transit_encryption_mode") is not None:
        yield from must(cache, "transit_encryption_mode", equals="required")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(
        "aws_elasticache_replication_group",
        "aws_elasticache_cluster",
        "aws_memorydb_cluster",
        "aws_appsync_api_cache",
        DAX,
    ),
    why="Session tokens cross the network readable.",
    fix="Set transit_encryption_enabled to true and transit_encryption_mode to required; modules.cache.Cache does.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/ElastiCache.5", "aws-fsbp/DynamoDB.7", "aws-fsbp/AppSync.6"),
    check=check,
    mutations=(
        Mutation("transit_encryption_enabled", value=False, on=lambda cache, _: cache.type not in SWITCHLESS),
        Mutation("transit_encryption_enabled", ABSENT, on=lambda cache, _: cache.type not in SWITCHLESS),
        Mutation(
            "transit_encryption_mode",
            "preferred",
            on=lambda cache, _: cache.type == "aws_elasticache_replication_group",
        ),
        Mutation("cluster_endpoint_encryption_type", "NONE", DAX),
        Mutation("cluster_endpoint_encryption_type", ABSENT, DAX),
        Mutation("tls_enabled", value=False, on=lambda cache, _: cache.type == "aws_memorydb_cluster"),
    ),
    specimen={
        "resource": {
            DAX: {"entries": {"cluster_endpoint_encryption_type": "TLS"}},
            "aws_appsync_api_cache": {"answers": {"transit_encryption_enabled": True}},
            "aws_memorydb_cluster": {"sessions": {"acl_name": "ours"}},
            "aws_elasticache_cluster": {"pages": {"engine": "memcached", "transit_encryption_enabled": True}},
        }
    },
)
