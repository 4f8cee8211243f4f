"""ElastiCache replication groups: the cache that keeps the sessions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal, tag_list
from tests.emulator.emulated_caches import create, described


@pytest.fixture
def elasticache(account: Account) -> Any:
    """A client for an account without any cache."""
    return account.client("elasticache")


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
