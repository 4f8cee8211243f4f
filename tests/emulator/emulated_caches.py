"""A replication group of an emulated account, as the tests make and read it."""

from __future__ import annotations

from typing import Any


def create(elasticache: Any, **settings: Any) -> dict[str, Any]:
    """Create a replication group as the platform does."""
    group: dict[str, Any] = elasticache.create_replication_group(
        **{
            "ReplicationGroupId": "sessions",
            "ReplicationGroupDescription": "sessions",
            "Engine": "valkey",
            "EngineVersion": "8.0",
            "CacheNodeType": "cache.t4g.small",
            "NumCacheClusters": 2,
            "AutomaticFailoverEnabled": True,
            "MultiAZEnabled": True,
            "TransitEncryptionEnabled": True,
            "AtRestEncryptionEnabled": True,
            "SnapshotRetentionLimit": 7,
            **settings,
        }
    )["ReplicationGroup"]
    return group


def described(elasticache: Any) -> dict[str, Any]:
    """Read the group back."""
    (group,) = elasticache.describe_replication_groups(ReplicationGroupId="sessions")["ReplicationGroups"]
    found: dict[str, Any] = group
    return found
