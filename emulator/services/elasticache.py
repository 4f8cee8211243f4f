"""ElastiCache: replication groups with their members, RBAC and parameter groups."""

from __future__ import annotations

import hashlib
from typing import Any

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "elasticache"
_DEFAULT_PARAMETERS = {
    "appendonly": "no",
    "maxmemory-policy": "volatile-lru",
    "notify-keyspace-events": "",
    "slowlog-log-slower-than": "10000",
    "timeout": "0",
}


def _not_found(code: str, name: str) -> AwsError:
    return AwsError(code, f"{name} not found.", 404)


# Parameter groups -------------------------------------------------------------------


def _parameter_group(call: Call, name: str) -> Params:
    group: Params | None = call.table("parameter-groups").get(name)
    if group is None:
        raise _not_found("CacheParameterGroupNotFound", f"CacheParameterGroup {name}")
    return group


def _public_group(group: Params) -> Params:
    return {key: value for key, value in group.items() if key != "Parameters"}


@emulates(SERVICE, "CreateCacheParameterGroup")
def create_parameter_group(call: Call) -> Params:
    name = call.params["CacheParameterGroupName"].lower()
    if name in call.table("parameter-groups"):
        raise AwsError("CacheParameterGroupAlreadyExists", f"{name} already exists", 400)
    arn = call.arn(f"parametergroup:{name}")
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": call.params["CacheParameterGroupFamily"],
        "Description": call.params.get("Description", ""),
        "IsGlobal": False,
        "ARN": arn,
        "Parameters": dict(_DEFAULT_PARAMETERS),
    }
    call.table("parameter-groups")[name] = group
    tags.put(call, arn, call.params.get("Tags"))
    return {"CacheParameterGroup": _public_group(group)}


@emulates(SERVICE, "DescribeCacheParameterGroups")
def describe_parameter_groups(call: Call) -> Params:
    name = call.params.get("CacheParameterGroupName")
    groups = [_parameter_group(call, name)] if name else list(call.table("parameter-groups").values())
    return {"CacheParameterGroups": [_public_group(group) for group in groups]}


@emulates(SERVICE, "DescribeCacheParameters")
def describe_parameters(call: Call) -> Params:
    group = _parameter_group(call, call.params["CacheParameterGroupName"])
    parameters = [
        {
            "ParameterName": name,
            "ParameterValue": value,
            "Source": "system" if _DEFAULT_PARAMETERS.get(name) == value else "user",
            "DataType": "string",
            "IsModifiable": True,
            "ChangeType": "immediate",
        }
        for name, value in sorted(group["Parameters"].items())
    ]
    source = call.params.get("Source")
    if source:
        parameters = [p for p in parameters if p["Source"] == source]
    return {"Parameters": parameters}


@emulates(SERVICE, "ModifyCacheParameterGroup", "ResetCacheParameterGroup")
def change_parameters(call: Call) -> Params:
    group = _parameter_group(call, call.params["CacheParameterGroupName"])
    if call.operation.startswith("Reset"):
        names = [p["ParameterName"] for p in call.params.get("ParameterNameValues", [])]
        if call.params.get("ResetAllParameters"):
            group["Parameters"] = dict(_DEFAULT_PARAMETERS)
        for name in names:
            group["Parameters"].pop(name, None)
            if name in _DEFAULT_PARAMETERS:
                group["Parameters"][name] = _DEFAULT_PARAMETERS[name]
    else:
        for parameter in call.params["ParameterNameValues"]:
            group["Parameters"][parameter["ParameterName"]] = parameter["ParameterValue"]
    return {"CacheParameterGroupName": group["CacheParameterGroupName"]}


@emulates(SERVICE, "DeleteCacheParameterGroup")
def delete_parameter_group(call: Call) -> None:
    group = _parameter_group(call, call.params["CacheParameterGroupName"])
    name = group["CacheParameterGroupName"]
    for cluster in call.table("clusters").values():
        if cluster["CacheParameterGroup"]["CacheParameterGroupName"] == name:
            raise AwsError("InvalidCacheParameterGroupState", f"{name} is in use", 400)
    del call.table("parameter-groups")[name]
    tags.forget(call, group["ARN"])


# Replication groups -----------------------------------------------------------------


def _replication_group(call: Call, name: str) -> Params:
    group: Params | None = call.table("replication-groups").get(name.lower())
    if group is None:
        raise _not_found("ReplicationGroupNotFoundFault", f"ReplicationGroup {name}")
    return group


def _full_engine_version(engine: str, version: str | None) -> str:
    version = version or {"valkey": "8.0"}.get(engine, "7.1")
    return version if version.count(".") == 2 else f"{version}.0"


def _build_members(call: Call, group: Params) -> None:
    """(Re)create the member clusters and node group description of a group."""
    clusters = call.table("clusters")
    spec = group["_spec"]
    group_id = group["ReplicationGroupId"]
    for member in group.get("MemberClusters", []):
        clusters.pop(member, None)
    domain = hashlib.sha256(group_id.encode()).hexdigest()[:6]
    suffix = f"{group_id}.{domain}.use1.cache.amazonaws.com"
    port = spec.get("Port", 6379)
    endpoint = {"Port": port}
    shards = spec.get("NumNodeGroups") or 1
    per_shard = (
        spec["ReplicasPerNodeGroup"] + 1
        if spec.get("ReplicasPerNodeGroup") is not None
        else spec.get("NumCacheClusters") or 1
    )
    subnet_zones = _zones(call, spec.get("CacheSubnetGroupName"))
    members: list[str] = []
    node_groups: list[Params] = []
    for shard in range(shards):
        nodes: list[Params] = []
        for index in range(per_shard):
            cluster_id = (
                f"{group_id}-{shard + 1:04d}-{index + 1:03d}"
                if group["ClusterEnabled"]
                else f"{group_id}-{index + 1:03d}"
            )
            zone = subnet_zones[index % len(subnet_zones)]
            members.append(cluster_id)
            nodes.append(
                {
                    "CacheClusterId": cluster_id,
                    "CacheNodeId": "0001",
                    "PreferredAvailabilityZone": zone,
                    "CurrentRole": "primary" if index == 0 else "replica",
                    "ReadEndpoint": {"Address": f"{cluster_id}.{suffix}", **endpoint},
                }
            )
            clusters[cluster_id] = _member_cluster(call, group, cluster_id, zone)
        node_group: Params = {
            "NodeGroupId": f"{shard + 1:04d}",
            "Status": "available",
            "NodeGroupMembers": nodes,
        }
        if group["ClusterEnabled"]:
            width = 16384 // shards
            last = 16383 if shard == shards - 1 else (shard + 1) * width - 1
            node_group["Slots"] = f"{shard * width}-{last}"
        else:
            node_group["PrimaryEndpoint"] = {"Address": f"master.{suffix}", **endpoint}
            node_group["ReaderEndpoint"] = {"Address": f"replica.{suffix}", **endpoint}
        node_groups.append(node_group)
    group["MemberClusters"] = members
    group["NodeGroups"] = node_groups
    if group["ClusterEnabled"]:
        group["ConfigurationEndpoint"] = {"Address": f"clustercfg.{suffix}", **endpoint}


def _zones(call: Call, subnet_group: str | None) -> list[str]:
    groups = call.backend().cache_subnet_groups
    if subnet_group not in groups:
        return [f"{call.region}{letter}" for letter in "abc"]
    ec2 = call.backend("ec2")
    subnets = [ec2.get_subnet(subnet) for subnet in groups[subnet_group].subnet_ids]
    return sorted({subnet.availability_zone for subnet in subnets})


def _member_cluster(call: Call, group: Params, cluster_id: str, zone: str) -> Params:
    spec = group["_spec"]
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
            "CacheParameterGroupName": spec.get("CacheParameterGroupName", "default.redis7"),
            "ParameterApplyStatus": "in-sync",
            "CacheNodeIdsToReboot": [],
        },
        "CacheSubnetGroupName": spec.get("CacheSubnetGroupName"),
        "CacheSecurityGroups": [],
        "SecurityGroups": [{"SecurityGroupId": sg, "Status": "active"} for sg in spec.get("SecurityGroupIds", [])],
        "AutoMinorVersionUpgrade": spec.get("AutoMinorVersionUpgrade", True),
        "SnapshotRetentionLimit": spec.get("SnapshotRetentionLimit", 0),
        "SnapshotWindow": spec.get("SnapshotWindow", "03:00-04:00"),
        "AuthTokenEnabled": group["AuthTokenEnabled"],
        "TransitEncryptionEnabled": group["TransitEncryptionEnabled"],
        "TransitEncryptionMode": group.get("TransitEncryptionMode"),
        "AtRestEncryptionEnabled": group["AtRestEncryptionEnabled"],
        "ARN": call.arn(f"cluster:{cluster_id}"),
        "NetworkType": "ipv4",
        "IpDiscovery": "ipv4",
        "ReplicationGroupLogDeliveryEnabled": bool(group.get("LogDeliveryConfigurations")),
        "CacheNodes": [
            {
                "CacheNodeId": "0001",
                "CacheNodeStatus": "available",
                "CustomerAvailabilityZone": zone,
                "ParameterGroupStatus": "in-sync",
                "Endpoint": {
                    "Address": f"{cluster_id}.cache.amazonaws.com",
                    "Port": spec.get("Port", 6379),
                },
            }
        ],
    }


def _public_replication_group(group: Params) -> Params:
    return {key: value for key, value in group.items() if not key.startswith("_")}


def _log_delivery(requests: list[Params]) -> list[Params]:
    return [
        {
            **{k: v for k, v in request.items() if k != "Enabled"},
            "Status": "active",
        }
        for request in requests
        if request.get("Enabled", True)
    ]


@emulates(SERVICE, "CreateReplicationGroup")
def create_replication_group(call: Call) -> Params:
    params = call.params
    group_id = params["ReplicationGroupId"].lower()
    if group_id in call.table("replication-groups"):
        raise AwsError("ReplicationGroupAlreadyExists", f"{group_id} already exists", 400)
    if params.get("AuthToken") and not params.get("TransitEncryptionEnabled"):
        raise AwsError(
            "InvalidParameterCombination",
            "Auth token is only supported when encryption-in-transit is enabled.",
            400,
        )
    if params.get("MultiAZEnabled") and not params.get("AutomaticFailoverEnabled"):
        raise AwsError("InvalidParameterCombination", "Multi-AZ needs automatic failover to be enabled.", 400)
    if params.get("CacheParameterGroupName") and not params["CacheParameterGroupName"].startswith("default."):
        _parameter_group(call, params["CacheParameterGroupName"])
    for user_group in params.get("UserGroupIds", []):
        _user_group(call, user_group)
    arn = call.arn(f"replicationgroup:{group_id}")
    engine = params.get("Engine", "redis")
    spec: Params = {
        **params,
        "Engine": engine,
        "EngineVersion": _full_engine_version(engine, params.get("EngineVersion")),
        "CacheNodeType": params.get("CacheNodeType", "cache.t4g.micro"),
    }
    group: Params = {
        "ReplicationGroupId": group_id,
        "Description": params["ReplicationGroupDescription"],
        "Status": "available",
        "PendingModifiedValues": {},
        "AutomaticFailover": "enabled" if params.get("AutomaticFailoverEnabled") else "disabled",
        "MultiAZ": "enabled" if params.get("MultiAZEnabled") else "disabled",
        "SnapshotRetentionLimit": params.get("SnapshotRetentionLimit", 0),
        "SnapshotWindow": params.get("SnapshotWindow", "03:00-04:00"),
        "ClusterEnabled": bool(params.get("NumNodeGroups", 1) > 1) or params.get("ClusterMode") == "enabled",
        "ClusterMode": params.get("ClusterMode", "disabled"),
        "CacheNodeType": spec["CacheNodeType"],
        "AuthTokenEnabled": bool(params.get("AuthToken")),
        "TransitEncryptionEnabled": params.get("TransitEncryptionEnabled", False),
        "TransitEncryptionMode": params.get("TransitEncryptionMode")
        or ("required" if params.get("TransitEncryptionEnabled") else None),
        "AtRestEncryptionEnabled": params.get("AtRestEncryptionEnabled", False),
        "KmsKeyId": params.get("KmsKeyId"),
        "ARN": arn,
        "UserGroupIds": list(params.get("UserGroupIds", [])),
        "LogDeliveryConfigurations": _log_delivery(params.get("LogDeliveryConfigurations", [])),
        "ReplicationGroupCreateTime": call.now(),
        "DataTiering": "disabled",
        "AutoMinorVersionUpgrade": params.get("AutoMinorVersionUpgrade", True),
        "NetworkType": params.get("NetworkType", "ipv4"),
        "IpDiscovery": params.get("IpDiscovery", "ipv4"),
        "Engine": engine,
        "_spec": spec,
    }
    _build_members(call, group)
    call.table("replication-groups")[group_id] = group
    tags.put(call, arn, params.get("Tags"))
    for user_group in group["UserGroupIds"]:
        _user_group(call, user_group)["ReplicationGroups"].append(group_id)
    return {"ReplicationGroup": _public_replication_group(group)}


@emulates(SERVICE, "DescribeReplicationGroups")
def describe_replication_groups(call: Call) -> Params:
    name = call.params.get("ReplicationGroupId")
    groups = [_replication_group(call, name)] if name else call.table("replication-groups").values()
    return {"ReplicationGroups": [_public_replication_group(group) for group in groups]}


@emulates(SERVICE, "ModifyReplicationGroup")
def modify_replication_group(call: Call) -> Params:
    params = call.params
    group = _replication_group(call, params["ReplicationGroupId"])
    spec = group["_spec"]
    for name in (
        "CacheNodeType", "CacheParameterGroupName", "PreferredMaintenanceWindow",
        "SecurityGroupIds", "SnapshotRetentionLimit", "SnapshotWindow", "AutoMinorVersionUpgrade",
    ):  # fmt: skip
        if name in params:
            spec[name] = params[name]
            if name in group:
                group[name] = params[name]
    if "EngineVersion" in params:
        spec["EngineVersion"] = _full_engine_version(spec["Engine"], params["EngineVersion"])
    if "ReplicationGroupDescription" in params:
        group["Description"] = params["ReplicationGroupDescription"]
    for flag, name in (("AutomaticFailoverEnabled", "AutomaticFailover"), ("MultiAZEnabled", "MultiAZ")):
        if flag in params:
            group[name] = "enabled" if params[flag] else "disabled"
    for name in ("TransitEncryptionEnabled", "TransitEncryptionMode", "ClusterMode"):
        if name in params:
            group[name] = params[name]
    if "AuthToken" in params:
        group["AuthTokenEnabled"] = params.get("AuthTokenUpdateStrategy") != "DELETE"
    if "LogDeliveryConfigurations" in params:
        changed = {request["LogType"] for request in params["LogDeliveryConfigurations"]}
        kept = [c for c in group["LogDeliveryConfigurations"] if c["LogType"] not in changed]
        group["LogDeliveryConfigurations"] = kept + _log_delivery(params["LogDeliveryConfigurations"])
    for user_group in params.get("UserGroupIdsToAdd", []):
        _user_group(call, user_group)["ReplicationGroups"].append(group["ReplicationGroupId"])
        group["UserGroupIds"].append(user_group)
    for user_group in params.get("UserGroupIdsToRemove", []):
        _user_group(call, user_group)["ReplicationGroups"].remove(group["ReplicationGroupId"])
        group["UserGroupIds"].remove(user_group)
    group["CacheNodeType"] = spec["CacheNodeType"]
    _build_members(call, group)
    return {"ReplicationGroup": _public_replication_group(group)}


@emulates(SERVICE, "IncreaseReplicaCount", "DecreaseReplicaCount")
def change_replica_count(call: Call) -> Params:
    group = _replication_group(call, call.params["ReplicationGroupId"])
    group["_spec"]["NumCacheClusters"] = call.params["NewReplicaCount"] + 1
    if "ReplicasPerNodeGroup" in group["_spec"]:
        group["_spec"]["ReplicasPerNodeGroup"] = call.params["NewReplicaCount"]
    _build_members(call, group)
    return {"ReplicationGroup": _public_replication_group(group)}


@emulates(SERVICE, "DeleteReplicationGroup")
def delete_replication_group(call: Call) -> Params:
    group = _replication_group(call, call.params["ReplicationGroupId"])
    for member in group["MemberClusters"]:
        call.table("clusters").pop(member, None)
    for user_group in group["UserGroupIds"]:
        _user_group(call, user_group)["ReplicationGroups"].remove(group["ReplicationGroupId"])
    del call.table("replication-groups")[group["ReplicationGroupId"]]
    tags.forget(call, group["ARN"])
    return {"ReplicationGroup": {**_public_replication_group(group), "Status": "deleting"}}


@emulates(SERVICE, "DescribeCacheClusters")
def describe_cache_clusters(call: Call) -> Params:
    members: dict[str, Any] = call.table("clusters")
    name = call.params.get("CacheClusterId")
    if name in members:
        return {"CacheClusters": [members[name]]}
    if name is None:
        return {"CacheClusters": [*call.moto().get("CacheClusters", []), *members.values()]}
    return call.moto()


# Subnet groups ----------------------------------------------------------------------


@emulates(SERVICE, "ModifyCacheSubnetGroup")
def modify_subnet_group(call: Call) -> Params:
    group = _subnet_group(call)
    if "CacheSubnetGroupDescription" in call.params:
        group.cache_subnet_group_description = call.params["CacheSubnetGroupDescription"]
    if "SubnetIds" in call.params:
        group.subnet_ids = call.params["SubnetIds"]
    return {"CacheSubnetGroup": {"CacheSubnetGroupName": call.params["CacheSubnetGroupName"]}}


@emulates(SERVICE, "DeleteCacheSubnetGroup")
def delete_subnet_group(call: Call) -> None:
    _subnet_group(call)
    name = call.params["CacheSubnetGroupName"]
    for cluster in call.table("clusters").values():
        if cluster["CacheSubnetGroupName"] == name:
            raise AwsError("CacheSubnetGroupInUse", f"{name} is in use", 400)
    del call.backend().cache_subnet_groups[name]


def _subnet_group(call: Call) -> Any:
    name = call.params["CacheSubnetGroupName"]
    group = call.backend().cache_subnet_groups.get(name)
    if group is None:
        raise _not_found("CacheSubnetGroupNotFoundFault", f"CacheSubnetGroup {name}")
    return group


# Users and user groups (RBAC) ---------------------------------------------------------


def _user(call: Call, user_id: str) -> Params:
    user: Params | None = call.table("users").get(user_id)
    if user is None:
        if user_id == "default":
            return {"UserId": "default", "UserName": "default", "UserGroupIds": []}
        raise _not_found("UserNotFound", f"User {user_id}")
    return user


def _user_group(call: Call, group_id: str) -> Params:
    group: Params | None = call.table("user-groups").get(group_id)
    if group is None:
        raise _not_found("UserGroupNotFound", f"User group {group_id}")
    return group


def _authentication(params: Params) -> Params:
    mode = params.get("AuthenticationMode") or {}
    passwords = mode.get("Passwords") or params.get("Passwords") or []
    kind = mode.get("Type")
    if kind is None:
        kind = "no-password" if params.get("NoPasswordRequired") else "password"
    kind = "no-password" if kind == "no-password-required" else kind
    if kind == "password" and not passwords:
        raise AwsError("InvalidParameterCombination", "a password is needed", 400)
    if any(not 16 <= len(password) <= 128 for password in passwords):
        raise AwsError("InvalidParameterValue", "passwords have 16 to 128 characters", 400)
    return {"Type": kind, "PasswordCount": len(passwords)} if passwords else {"Type": kind}


@emulates(SERVICE, "CreateUser")
def create_user(call: Call) -> Params:
    user_id = call.params["UserId"].lower()
    if user_id in call.table("users"):
        raise AwsError("UserAlreadyExists", f"User {user_id} already exists.", 400)
    user = {
        "UserId": user_id,
        "UserName": call.params["UserName"],
        "Status": "active",
        "Engine": call.params["Engine"].lower(),
        "MinimumEngineVersion": "6.0",
        "AccessString": call.params["AccessString"],
        "UserGroupIds": [],
        "Authentication": _authentication(call.params),
        "ARN": call.arn(f"user:{user_id}"),
    }
    call.table("users")[user_id] = user
    tags.put(call, call.arn(f"user:{user_id}"), call.params.get("Tags"))
    return user


@emulates(SERVICE, "DescribeUsers")
def describe_users(call: Call) -> Params:
    user_id = call.params.get("UserId")
    return {"Users": [_user(call, user_id)] if user_id else list(call.table("users").values())}


@emulates(SERVICE, "ModifyUser")
def modify_user(call: Call) -> Params:
    user = _user(call, call.params["UserId"])
    user.update(call.pick("AccessString"))
    if "AppendAccessString" in call.params:
        user["AccessString"] += " " + call.params["AppendAccessString"]
    if call.params.keys() & {"AuthenticationMode", "Passwords", "NoPasswordRequired"}:
        user["Authentication"] = _authentication(call.params)
    return user


@emulates(SERVICE, "DeleteUser")
def delete_user(call: Call) -> Params:
    user = _user(call, call.params["UserId"])
    if user["UserGroupIds"]:
        raise AwsError("InvalidUserState", f"User {user['UserId']} is in a user group.", 400)
    del call.table("users")[user["UserId"]]
    return {**user, "Status": "deleting"}


@emulates(SERVICE, "CreateUserGroup")
def create_user_group(call: Call) -> Params:
    group_id = call.params["UserGroupId"].lower()
    if group_id in call.table("user-groups"):
        raise AwsError("UserGroupAlreadyExists", f"User group {group_id} already exists.", 400)
    users = [_user(call, user) for user in call.params.get("UserIds", [])]
    if not any(user["UserName"] == "default" for user in users):
        raise AwsError("DefaultUserRequired", "User group needs to contain a user with the user name default.", 400)
    arn = call.arn(f"usergroup:{group_id}")
    group = {
        "UserGroupId": group_id,
        "Status": "active",
        "Engine": call.params["Engine"].lower(),
        "UserIds": list(call.params.get("UserIds", [])),
        "MinimumEngineVersion": "6.0",
        "ReplicationGroups": [],
        "ARN": arn,
    }
    for user in users:
        user["UserGroupIds"].append(group_id)
    call.table("user-groups")[group_id] = group
    tags.put(call, arn, call.params.get("Tags"))
    return group


@emulates(SERVICE, "DescribeUserGroups")
def describe_user_groups(call: Call) -> Params:
    name = call.params.get("UserGroupId")
    return {"UserGroups": [_user_group(call, name)] if name else list(call.table("user-groups").values())}


@emulates(SERVICE, "ModifyUserGroup")
def modify_user_group(call: Call) -> Params:
    group = _user_group(call, call.params["UserGroupId"])
    for user in call.params.get("UserIdsToAdd", []):
        group["UserIds"].append(user)
        _user(call, user)["UserGroupIds"].append(group["UserGroupId"])
    for user in call.params.get("UserIdsToRemove", []):
        group["UserIds"].remove(user)
        _user(call, user)["UserGroupIds"].remove(group["UserGroupId"])
    return group


@emulates(SERVICE, "DeleteUserGroup")
def delete_user_group(call: Call) -> Params:
    group = _user_group(call, call.params["UserGroupId"])
    if group["ReplicationGroups"]:
        raise AwsError("InvalidUserGroupState", "The user group is in use.", 400)
    for user in group["UserIds"]:
        _user(call, user)["UserGroupIds"].remove(group["UserGroupId"])
    del call.table("user-groups")[group["UserGroupId"]]
    tags.forget(call, group["ARN"])
    return {**group, "Status": "deleting"}


# Tags -------------------------------------------------------------------------------


@emulates(SERVICE, "ListTagsForResource")
def list_tags(call: Call) -> Params:
    arn = call.params["ResourceName"]
    if not tags.is_ours(call, arn):
        return call.moto()
    return {"TagList": tags.as_list(tags.get(call, arn))}


@emulates(SERVICE, "AddTagsToResource")
def add_tags(call: Call) -> Params:
    return tags.add(call, call.params["ResourceName"], call.params["Tags"])


@emulates(SERVICE, "RemoveTagsFromResource")
def remove_tags(call: Call) -> Params:
    return tags.remove(call, call.params["ResourceName"], call.params["TagKeys"])
