"""ElastiCache replication groups: the cache that keeps the sessions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal, tag_list


@pytest.fixture
def elasticache(account: Account) -> Any:
    """A client for an account without any cache."""
    return account.client("elasticache")


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


def test_group_is_read_back_as_created(elasticache: Any) -> None:
    """Encryption, failover and snapshots are what the plan compares; all must come back as sent."""
    create(elasticache, Tags=tag_list({"Owner": "payments"}))

    group = described(elasticache)

    wanted = {
        "Status": "available",
        "Engine": "valkey",
        "AutomaticFailover": "enabled",
        "MultiAZ": "enabled",
        "ClusterEnabled": False,
        "TransitEncryptionEnabled": True,
        "TransitEncryptionMode": "required",
        "AtRestEncryptionEnabled": True,
        "AuthTokenEnabled": False,
        "SnapshotRetentionLimit": 7,
        "MemberClusters": ["sessions-001", "sessions-002"],
    }
    assert {key: group[key] for key in wanted} == wanted
    tags = elasticache.list_tags_for_resource(ResourceName=group["ARN"])["TagList"]
    assert tags == tag_list({"Owner": "payments"})


def test_members_lie_in_the_zones_of_the_subnet_group(account: Account, elasticache: Any) -> None:
    """The cache survives a zone only if its members are in different ones."""
    _, subnets = account.vpc_with_subnets()
    elasticache.create_cache_subnet_group(
        CacheSubnetGroupName="data", CacheSubnetGroupDescription="data", SubnetIds=subnets
    )
    create(elasticache, CacheSubnetGroupName="data", SecurityGroupIds=["sg-1"])

    clusters = elasticache.describe_cache_clusters(ShowCacheNodeInfo=True)["CacheClusters"]

    assert [(one["CacheClusterId"], one["PreferredAvailabilityZone"]) for one in clusters] == [
        ("sessions-001", "eu-central-1a"),
        ("sessions-002", "eu-central-1b"),
    ]
    first = clusters[0]
    assert first["CacheSubnetGroupName"] == "data"
    assert first["SecurityGroups"] == [{"SecurityGroupId": "sg-1", "Status": "active"}]
    assert first["CacheParameterGroup"]["CacheParameterGroupName"] == "default.valkey8"
    assert first["EngineVersion"] == "8.0.0"
    assert refusal(elasticache.delete_cache_subnet_group, CacheSubnetGroupName="data")[0] == "CacheSubnetGroupInUse"


def test_single_clusters_are_found_beside_members(elasticache: Any) -> None:
    """Each cluster is read by its name, be it a member or one of its own."""
    create(elasticache)
    elasticache.create_cache_cluster(
        CacheClusterId="own", Engine="redis", CacheNodeType="cache.t4g.micro", NumCacheNodes=1
    )

    found = {
        name: elasticache.describe_cache_clusters(CacheClusterId=name)["CacheClusters"][0]["CacheClusterId"]
        for name in ("own", "sessions-002")
    }

    assert found == {"own": "own", "sessions-002": "sessions-002"}
    every = elasticache.describe_cache_clusters()["CacheClusters"]
    assert [one["CacheClusterId"] for one in every] == ["own", "sessions-001", "sessions-002"]


def test_endpoints_are_named_as_aws_names_them(elasticache: Any) -> None:
    """Services find the primary and the readers by these names, which must be stable."""
    create(elasticache)

    (node_group,) = described(elasticache)["NodeGroups"]
    primary, reader = node_group["PrimaryEndpoint"], node_group["ReaderEndpoint"]

    assert primary["Address"].startswith("master.sessions.")
    assert reader["Address"] == primary["Address"].replace("master.", "replica.", 1)
    assert primary["Address"].endswith(".euc1.cache.amazonaws.com")
    assert primary["Port"] == 6379
    assert [node["CurrentRole"] for node in node_group["NodeGroupMembers"]] == ["primary", "replica"]


def test_sharded_group_has_all_slots_and_one_entrance(elasticache: Any) -> None:
    """Every key must belong to exactly one shard."""
    create(elasticache, NumNodeGroups=3, ReplicasPerNodeGroup=1, NumCacheClusters=6)

    group = described(elasticache)

    assert group["ClusterEnabled"] is True
    assert [one["Slots"] for one in group["NodeGroups"]] == ["0-5460", "5461-10921", "10922-16383"]
    assert group["ConfigurationEndpoint"]["Address"].startswith("clustercfg.sessions.")
    assert len(group["MemberClusters"]) == 6
    assert group["MemberClusters"][0] == "sessions-0001-001"


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


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"TransitEncryptionEnabled": False, "AuthToken": "sixteen-or-longer"}, "InvalidParameterCombination"),
        ({"TransitEncryptionEnabled": False, "UserGroupIds": ["g"]}, "InvalidParameterCombination"),
        ({"AutomaticFailoverEnabled": False}, "InvalidParameterCombination"),
        ({"CacheParameterGroupName": "nosuch"}, "CacheParameterGroupNotFound"),
        ({"UserGroupIds": ["nosuch"]}, "UserGroupNotFound"),
    ],
)
def test_what_aws_refuses_is_refused(elasticache: Any, settings: dict[str, Any], code: str) -> None:
    """A cache that AWS would refuse fails here first, before a real deployment stops half-way."""
    assert refusal(create, elasticache=elasticache, **settings)[0] == code


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
