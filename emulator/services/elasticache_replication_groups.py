"""ElastiCache: replication groups; moto's have no members to read and cannot be changed.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Final

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates
from emulator.services import elasticache_clusters as clusters
from emulator.services.elasticache_parameter_groups import group_named as parameter_group_named
from emulator.services.elasticache_user_groups import group_with_id as user_group_with_id

_NEWEST: Final = {"redis": "7.1", "valkey": "8.0"}
# What a change copies into the specification of the members.
_SPECIFIED: Final = (
    "AutoMinorVersionUpgrade",
    "CacheNodeType",
    "CacheParameterGroupName",
    "NotificationTopicArn",
    "PreferredMaintenanceWindow",
    "SecurityGroupIds",
    "SnapshotRetentionLimit",
    "SnapshotWindow",
)
# What the group itself shows under the same name.
_SHOWN: Final = (
    "AutoMinorVersionUpgrade",
    "CacheNodeType",
    "ClusterMode",
    "SnapshotRetentionLimit",
    "SnapshotWindow",
    "TransitEncryptionEnabled",
    "TransitEncryptionMode",
)


def _group(call: Call) -> Params:
    name = call.params["ReplicationGroupId"].lower()
    group: Params | None = call.table("replication-groups").get(name)
    if group is None:
        raise AwsError("ReplicationGroupNotFoundFault", f"ReplicationGroup {name} not found.", 404)
    return group


def _public(group: Params) -> Params:
    return {key: value for key, value in group.items() if not key.startswith("_")}


def _version(engine: str, sent: str | None) -> str:
    version = sent or _NEWEST[engine]
    return version if version.count(".") > 1 else f"{version}.0"


def _switch(value: object) -> str:
    return "enabled" if value else "disabled"


def _log_delivery(requests: list[Params]) -> list[Params]:
    return [
        {**{key: value for key, value in request.items() if key != "Enabled"}, "Status": "active"}
        for request in requests
        if request.get("Enabled", True)
    ]


def _check(call: Call) -> None:
    """Refuse what AWS refuses: wrong combinations, and names of things that are not there."""
    sent = call.params
    if sent.get("AuthToken") and not sent.get("TransitEncryptionEnabled"):
        message = "The AUTH token is only supported when encryption-in-transit is enabled."
        raise AwsError("InvalidParameterCombination", message, 400)
    if sent.get("UserGroupIds") and not sent.get("TransitEncryptionEnabled"):
        message = "User groups are only supported when encryption-in-transit is enabled."
        raise AwsError("InvalidParameterCombination", message, 400)
    if sent.get("MultiAZEnabled") and not sent.get("AutomaticFailoverEnabled"):
        raise AwsError("InvalidParameterCombination", "Multi-AZ needs automatic failover to be enabled.", 400)
    parameter_group = sent.get("CacheParameterGroupName", "default.")
    if not parameter_group.startswith("default."):
        parameter_group_named(call, parameter_group)
    for user_group in sent.get("UserGroupIds", []):
        user_group_with_id(call, user_group)


@emulates("elasticache", "CreateReplicationGroup")
def create(call: Call) -> Params:
    """Create a group with its members, available at once."""
    sent = call.params
    group_id = sent["ReplicationGroupId"].lower()
    if group_id in call.table("replication-groups"):
        raise AwsError("ReplicationGroupAlreadyExists", f"{group_id} already exists", 400)
    _check(call)
    engine = sent.get("Engine", "redis")
    encrypted = sent.get("TransitEncryptionEnabled", False)
    spec = {
        **sent,
        "Engine": engine,
        "EngineVersion": _version(engine, sent.get("EngineVersion")),
        "CacheNodeType": sent.get("CacheNodeType", "cache.t4g.micro"),
    }
    group: Params = {
        "ReplicationGroupId": group_id,
        "Description": sent["ReplicationGroupDescription"],
        "Status": "available",
        "PendingModifiedValues": {},
        "AutomaticFailover": _switch(sent.get("AutomaticFailoverEnabled")),
        "MultiAZ": _switch(sent.get("MultiAZEnabled")),
        "SnapshotRetentionLimit": sent.get("SnapshotRetentionLimit", 0),
        "SnapshotWindow": sent.get("SnapshotWindow", "03:00-04:00"),
        "ClusterEnabled": sent.get("NumNodeGroups", 1) > 1 or sent.get("ClusterMode") == "enabled",
        "ClusterMode": sent.get("ClusterMode", "disabled"),
        "CacheNodeType": spec["CacheNodeType"],
        "AuthTokenEnabled": bool(sent.get("AuthToken")),
        "TransitEncryptionEnabled": encrypted,
        "TransitEncryptionMode": sent.get("TransitEncryptionMode", "required" if encrypted else None),
        "AtRestEncryptionEnabled": sent.get("AtRestEncryptionEnabled", False),
        "KmsKeyId": sent.get("KmsKeyId"),
        "ARN": call.arn(f"replicationgroup:{group_id}"),
        "UserGroupIds": list(sent.get("UserGroupIds", [])),
        "LogDeliveryConfigurations": _log_delivery(sent.get("LogDeliveryConfigurations", [])),
        "ReplicationGroupCreateTime": call.now(),
        "DataTiering": "disabled",
        "AutoMinorVersionUpgrade": sent.get("AutoMinorVersionUpgrade", True),
        "NetworkType": sent.get("NetworkType", "ipv4"),
        "IpDiscovery": sent.get("IpDiscovery", "ipv4"),
        "Engine": engine,
        "_spec": spec,
    }
    clusters.build(call, group)
    call.table("replication-groups")[group_id] = group
    tags.put(call, group["ARN"], sent.get("Tags"))
    for user_group in group["UserGroupIds"]:
        user_group_with_id(call, user_group)["ReplicationGroups"].append(group_id)
    return {"ReplicationGroup": _public(group)}


@emulates("elasticache", "DescribeReplicationGroups")
def describe(call: Call) -> Params:
    """Give one group by id, or all."""
    one = "ReplicationGroupId" in call.params
    groups = [_group(call)] if one else list(call.table("replication-groups").values())
    return {"ReplicationGroups": [_public(group) for group in groups]}


@emulates("elasticache", "ModifyReplicationGroup")
def modify(call: Call) -> Params:
    """Change a group and its members at once."""
    sent, group = call.params, _group(call)
    spec = group["_spec"]
    spec.update(call.pick(*_SPECIFIED))
    group.update(call.pick(*_SHOWN))
    if "EngineVersion" in sent:
        spec["EngineVersion"] = _version(spec["Engine"], sent["EngineVersion"])
    group["Description"] = sent.get("ReplicationGroupDescription", group["Description"])
    for flag, shown in (("AutomaticFailoverEnabled", "AutomaticFailover"), ("MultiAZEnabled", "MultiAZ")):
        if flag in sent:
            group[shown] = _switch(sent[flag])
    if "AuthToken" in sent:
        group["AuthTokenEnabled"] = sent.get("AuthTokenUpdateStrategy") != "DELETE"
    requests = sent.get("LogDeliveryConfigurations", [])
    changed = {request["LogType"] for request in requests}
    kept = [one for one in group["LogDeliveryConfigurations"] if one["LogType"] not in changed]
    group["LogDeliveryConfigurations"] = [*kept, *_log_delivery(requests)]
    for user_group in sent.get("UserGroupIdsToAdd", []):
        user_group_with_id(call, user_group)["ReplicationGroups"].append(group["ReplicationGroupId"])
        group["UserGroupIds"].append(user_group)
    for user_group in sent.get("UserGroupIdsToRemove", []):
        user_group_with_id(call, user_group)["ReplicationGroups"].remove(group["ReplicationGroupId"])
        group["UserGroupIds"].remove(user_group)
    clusters.build(call, group)
    return {"ReplicationGroup": _public(group)}


@emulates("elasticache", "IncreaseReplicaCount", "DecreaseReplicaCount")
def change_replica_count(call: Call) -> Params:
    """Give every shard this many replicas beside its primary."""
    group = _group(call)
    group["_spec"]["ReplicasPerNodeGroup"] = call.params["NewReplicaCount"]
    clusters.build(call, group)
    return {"ReplicationGroup": _public(group)}


@emulates("elasticache", "DeleteReplicationGroup")
def delete(call: Call) -> Params:
    """Delete a group with its members; its user groups are free again."""
    group = _group(call)
    clusters.remove(call, group)
    for user_group in group["UserGroupIds"]:
        user_group_with_id(call, user_group)["ReplicationGroups"].remove(group["ReplicationGroupId"])
    del call.table("replication-groups")[group["ReplicationGroupId"]]
    tags.forget(call, group["ARN"])
    return {"ReplicationGroup": {**_public(group), "Status": "deleting"}}
