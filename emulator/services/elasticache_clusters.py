"""ElastiCache: the clusters and endpoints that a replication group consists of.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from emulator.handler import Call, Params, emulates
from emulator.services.elasticache_subnet_groups import zones_of

_SLOTS: Final = 16_384
_COMPASS: Final = re.compile("north|south|east|west|central")
_NODE: Final = "0001"  # every cluster of these engines has one node


def build(call: Call, group: Params) -> None:
    """Make the members of a group anew from its specification, and describe them in it."""
    remove(call, group)
    spec, sharded = group["_spec"], group["ClusterEnabled"]
    shards = spec.get("NumNodeGroups", 1)
    replicas = spec.get("ReplicasPerNodeGroup")
    per_shard = spec.get("NumCacheClusters", 1) if replicas is None else replicas + 1
    zones = zones_of(call, spec.get("CacheSubnetGroupName"))
    group["NodeGroups"], group["MemberClusters"] = [], []
    for shard in range(1, shards + 1):
        nodes = []
        for number in range(1, per_shard + 1):
            shard_part = f"-{shard:04d}" if sharded else ""
            cluster_id = f"{group['ReplicationGroupId']}{shard_part}-{number:03d}"
            zone = zones[(number - 1) % len(zones)]
            call.table("clusters")[cluster_id] = _cluster(call, group, cluster_id, zone)
            group["MemberClusters"].append(cluster_id)
            nodes.append(
                {
                    "CacheClusterId": cluster_id,
                    "CacheNodeId": _NODE,
                    "PreferredAvailabilityZone": zone,
                    "CurrentRole": "primary" if number == 1 else "replica",
                    "ReadEndpoint": _endpoint(call, group, cluster_id),
                }
            )
        group["NodeGroups"].append(
            {
                "NodeGroupId": f"{shard:04d}",
                "Status": "available",
                "NodeGroupMembers": nodes,
                **_entrance(call, group, shard, shards),
            }
        )
    if sharded:
        group["ConfigurationEndpoint"] = _endpoint(call, group, "clustercfg")


def remove(call: Call, group: Params) -> None:
    """Forget the members of a group."""
    for member in group.get("MemberClusters", []):
        call.table("clusters").pop(member, None)


def _entrance(call: Call, group: Params, shard: int, shards: int) -> Params:
    if not group["ClusterEnabled"]:
        return {
            "PrimaryEndpoint": _endpoint(call, group, "master"),
            "ReaderEndpoint": _endpoint(call, group, "replica"),
        }
    first, last = (shard - 1) * _SLOTS // shards, shard * _SLOTS // shards - 1
    return {"Slots": f"{first}-{last}"}


def _endpoint(call: Call, group: Params, name: str) -> Params:
    """Name an endpoint as AWS names those with TLS: eu-central-1 is `euc1` in it."""
    group_id = group["ReplicationGroupId"]
    mark = hashlib.sha256(f"{call.account}/{group_id}".encode()).hexdigest()[:6]
    area, direction, number = call.region.rsplit("-", 2)
    compass = "".join(part[0] for part in _COMPASS.findall(direction))
    place = f"{area}{compass}{number}".replace("-", "")
    return {
        "Address": f"{name}.{group_id}.{mark}.{place}.cache.amazonaws.com",
        "Port": group["_spec"].get("Port", 6379),
    }


def default_parameter_group(spec: Params, *, sharded: bool) -> str:
    """Name the group that AWS uses when none is given, such as `default.valkey8`."""
    major = spec["EngineVersion"].split(".")[0]
    return f"default.{spec['Engine']}{major}{'.cluster.on' if sharded else ''}"


def _cluster(call: Call, group: Params, cluster_id: str, zone: str) -> Params:
    spec = group["_spec"]
    parameter_group = spec.get("CacheParameterGroupName") or default_parameter_group(
        spec, sharded=group["ClusterEnabled"]
    )
    return {
        "CacheClusterId": cluster_id,
        "ReplicationGroupId": group["ReplicationGroupId"],
        "CacheClusterStatus": "available",
        "CacheNodeType": spec["CacheNodeType"],
        "Engine": spec["Engine"],
        "EngineVersion": spec["EngineVersion"],
        "NumCacheNodes": 1,
        "PreferredAvailabilityZone": zone,
        "CacheClusterCreateTime": group["ReplicationGroupCreateTime"],
        "PreferredMaintenanceWindow": spec.get("PreferredMaintenanceWindow", "sun:05:00-sun:06:00"),
        "CacheParameterGroup": {
            "CacheParameterGroupName": parameter_group,
            "ParameterApplyStatus": "in-sync",
            "CacheNodeIdsToReboot": [],
        },
        "CacheSubnetGroupName": spec.get("CacheSubnetGroupName"),
        "CacheSecurityGroups": [],
        "SecurityGroups": [
            {"SecurityGroupId": group_id, "Status": "active"} for group_id in spec.get("SecurityGroupIds", [])
        ],
        "AutoMinorVersionUpgrade": spec.get("AutoMinorVersionUpgrade", True),
        "SnapshotRetentionLimit": spec.get("SnapshotRetentionLimit", 0),
        "SnapshotWindow": spec.get("SnapshotWindow", "03:00-04:00"),
        "NotificationConfiguration": (
            {"TopicArn": spec["NotificationTopicArn"], "TopicStatus": "active"}
            if spec.get("NotificationTopicArn")
            else None
        ),
        "AuthTokenEnabled": group["AuthTokenEnabled"],
        "TransitEncryptionEnabled": group["TransitEncryptionEnabled"],
        "TransitEncryptionMode": group["TransitEncryptionMode"],
        "AtRestEncryptionEnabled": group["AtRestEncryptionEnabled"],
        "ARN": call.arn(f"cluster:{cluster_id}"),
        "NetworkType": group["NetworkType"],
        "IpDiscovery": group["IpDiscovery"],
        "ReplicationGroupLogDeliveryEnabled": bool(group["LogDeliveryConfigurations"]),
        "CacheNodes": [
            {
                "CacheNodeId": _NODE,
                "CacheNodeStatus": "available",
                "CustomerAvailabilityZone": zone,
                "ParameterGroupStatus": "in-sync",
                "Endpoint": _endpoint(call, group, cluster_id),
            }
        ],
    }


@emulates("elasticache", "DescribeCacheClusters")
def describe(call: Call) -> Params:
    """Give members of replication groups, and the clusters that moto has."""
    members = call.table("clusters")
    name = call.params.get("CacheClusterId")
    if name in members:
        return {"CacheClusters": [members[name]]}
    answer = call.moto()
    if name is None:
        return {**answer, "CacheClusters": [*answer.get("CacheClusters", []), *members.values()]}
    return answer
