"""ElastiCache replication groups that are changed, and that go: what is read back, and what is left."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal, tag_list
from tests.emulator.emulated_caches import create, described


@pytest.fixture
def elasticache(account: Account) -> Any:
    """A client for an account without any cache."""
    return account.client("elasticache")


def test_group_is_changed_in_place(elasticache: Any) -> None:
    """Each change the platform may make is read back from the group or its members: no endless plans."""
    create(
        elasticache,
        LogDeliveryConfigurations=[
            {
                "LogType": "slow-log",
                "DestinationType": "cloudwatch-logs",
                "DestinationDetails": {"CloudWatchLogsDetails": {"LogGroup": "/slow"}},
                "LogFormat": "json",
            }
        ],
    )

    elasticache.modify_replication_group(
        ReplicationGroupId="sessions",
        ReplicationGroupDescription="all sessions",
        CacheNodeType="cache.r7g.large",
        EngineVersion="8.1",
        SnapshotRetentionLimit=14,
        MultiAZEnabled=False,
        PreferredMaintenanceWindow="mon:01:00-mon:02:00",
        NotificationTopicArn="arn:aws:sns:eu-central-1:123456789012:cache",
        AuthToken="sixteen-or-longer",
        AuthTokenUpdateStrategy="ROTATE",
        LogDeliveryConfigurations=[{"LogType": "slow-log", "Enabled": False}],
    )

    group = described(elasticache)
    (member, _) = elasticache.describe_cache_clusters()["CacheClusters"]
    assert group["Description"] == "all sessions"
    assert (group["CacheNodeType"], member["CacheNodeType"]) == ("cache.r7g.large", "cache.r7g.large")
    assert (group["SnapshotRetentionLimit"], member["SnapshotRetentionLimit"]) == (14, 14)
    assert (group["MultiAZ"], group["AutomaticFailover"]) == ("disabled", "enabled")
    assert (group["AuthTokenEnabled"], group["LogDeliveryConfigurations"]) == (True, [])
    assert member["EngineVersion"] == "8.1.0"
    assert member["PreferredMaintenanceWindow"] == "mon:01:00-mon:02:00"
    assert member["NotificationConfiguration"]["TopicArn"].endswith(":cache")


@pytest.mark.parametrize("action", ["increase_replica_count", "decrease_replica_count"])
def test_replicas_are_added_and_removed(elasticache: Any, action: str) -> None:
    """Changing the number of replicas changes the members and nothing else."""
    create(elasticache, NumCacheClusters=3)
    count = 4 if action == "increase_replica_count" else 1

    getattr(elasticache, action)(ReplicationGroupId="sessions", NewReplicaCount=count, ApplyImmediately=True)

    assert len(described(elasticache)["MemberClusters"]) == count + 1
    assert len(elasticache.describe_cache_clusters()["CacheClusters"]) == count + 1


def test_user_group_is_held_while_a_cache_uses_it(elasticache: Any) -> None:
    """Nobody can take away the users of a running cache."""
    for name in ("old", "new"):
        elasticache.create_user_group(UserGroupId=name, Engine="redis", UserIds=["default"])
    create(elasticache, UserGroupIds=["old"])
    assert refusal(elasticache.delete_user_group, UserGroupId="old")[0] == "InvalidUserGroupState"

    elasticache.modify_replication_group(
        ReplicationGroupId="sessions", UserGroupIdsToAdd=["new"], UserGroupIdsToRemove=["old"]
    )
    assert described(elasticache)["UserGroupIds"] == ["new"]
    elasticache.delete_user_group(UserGroupId="old")

    elasticache.delete_replication_group(ReplicationGroupId="sessions")
    elasticache.delete_user_group(UserGroupId="new")


def test_deleted_group_is_gone_with_its_members(elasticache: Any) -> None:
    """Destroying the cache leaves nothing that costs money or blocks the next deployment."""
    elasticache.create_cache_parameter_group(
        CacheParameterGroupName="p", CacheParameterGroupFamily="valkey8", Description="d"
    )
    create(elasticache, CacheParameterGroupName="p")
    assert refusal(create, elasticache=elasticache)[0] == "ReplicationGroupAlreadyExists"
    assert (
        refusal(elasticache.delete_cache_parameter_group, CacheParameterGroupName="p")[0]
        == "InvalidCacheParameterGroupState"
    )

    gone = elasticache.delete_replication_group(ReplicationGroupId="sessions")["ReplicationGroup"]

    assert gone["Status"] == "deleting"
    assert elasticache.describe_replication_groups()["ReplicationGroups"] == []
    assert elasticache.describe_cache_clusters()["CacheClusters"] == []
    assert (
        refusal(elasticache.describe_replication_groups, ReplicationGroupId="sessions")[0]
        == "ReplicationGroupNotFoundFault"
    )
    assert refusal(elasticache.describe_cache_clusters, CacheClusterId="sessions-001")[0] == "CacheClusterNotFound"
    elasticache.delete_cache_parameter_group(CacheParameterGroupName="p")


def test_subnet_group_is_changed_and_deleted(account: Account, elasticache: Any) -> None:
    """A subnet group follows the network and can be destroyed with it; moto can do neither."""
    _, (first, second) = account.vpc_with_subnets()
    elasticache.create_cache_subnet_group(
        CacheSubnetGroupName="data",
        CacheSubnetGroupDescription="old",
        SubnetIds=[first],
        Tags=tag_list({"Owner": "payments"}),
    )

    elasticache.modify_cache_subnet_group(
        CacheSubnetGroupName="data", CacheSubnetGroupDescription="new", SubnetIds=[first, second]
    )

    (group,) = elasticache.describe_cache_subnet_groups(CacheSubnetGroupName="data")["CacheSubnetGroups"]
    assert group["CacheSubnetGroupDescription"] == "new"
    assert {subnet["SubnetIdentifier"] for subnet in group["Subnets"]} == {first, second}
    tags = elasticache.list_tags_for_resource(ResourceName=group["ARN"])["TagList"]
    assert tags == tag_list({"Owner": "payments"})

    elasticache.delete_cache_subnet_group(CacheSubnetGroupName="data")
    gone = refusal(elasticache.delete_cache_subnet_group, CacheSubnetGroupName="data")
    assert gone == ("CacheSubnetGroupNotFoundFault", "CacheSubnetGroup data not found.")
