"""Whoever reaches a cache may read and write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(cache: Resource, _: Document) -> Iterator[Outcome]:
    """Users, or at least a token; the list `open-access` of MemoryDB is neither."""
    if cache.type == "aws_memorydb_cluster":
        if cache.get("acl_name") == "open-access":
            yield Violation("acl_name", "a list of users")
    elif cache.get("auth_token") is None:
        yield from must(cache, "user_group_ids", filled=True, expected="a group of users with IAM authentication")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_elasticache_replication_group", "aws_memorydb_cluster"),
    why="One wrong rule of a security group gives every session to a stranger, without a password.",
    fix="Give user_group_ids a group of users with IAM authentication; modules.cache.Cache has one.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
    controls=("pci-dss-4.0.1/8.3.1", "pci-dss-4.0.1/7.3.3", "aws-fsbp/ElastiCache.6"),
    check=check,
    mutations=(
        Mutation("user_group_ids", ABSENT, on=lambda cache, _: cache.type != "aws_memorydb_cluster"),
        Mutation("acl_name", "open-access", on=lambda cache, _: cache.type == "aws_memorydb_cluster"),
    ),
    specimen={"resource": {"aws_memorydb_cluster": {"sessions": {"acl_name": "ours"}}}},
)
