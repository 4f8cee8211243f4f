"""ElastiCache: parameter groups, which moto lacks.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Final

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates

# Those of AWS's defaults that a payment platform's cache may want to change:
# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
_DEFAULTS: Final = {
    "appendonly": "no",
    "maxmemory-policy": "volatile-lru",
    "notify-keyspace-events": "",
    "slowlog-log-slower-than": "10000",
    "timeout": "0",
}


def group_named(call: Call, name: str) -> Params:
    """Give a group; one that is not there is a `CacheParameterGroupNotFound`."""
    group: Params | None = call.table("parameter-groups").get(name)
    if group is None:
        raise AwsError("CacheParameterGroupNotFound", f"CacheParameterGroup {name} not found.", 404)
    return group


def _public(group: Params) -> Params:
    return {key: value for key, value in group.items() if key != "Parameters"}


@emulates("elasticache", "CreateCacheParameterGroup")
def create(call: Call) -> Params:
    """Create a group with the default parameters; names are kept in lower case."""
    name = call.params["CacheParameterGroupName"].lower()
    if name in call.table("parameter-groups"):
        raise AwsError("CacheParameterGroupAlreadyExists", f"{name} already exists", 400)
    arn = call.arn(f"parametergroup:{name}")
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": call.params["CacheParameterGroupFamily"],
        "Description": call.params["Description"],
        "IsGlobal": False,
        "ARN": arn,
        "Parameters": dict(_DEFAULTS),
    }
    call.table("parameter-groups")[name] = group
    tags.put(call, arn, call.params.get("Tags"))
    return {"CacheParameterGroup": _public(group)}


@emulates("elasticache", "DescribeCacheParameterGroups")
def describe(call: Call) -> Params:
    """Give one group by name, or all."""
    name = call.params.get("CacheParameterGroupName")
    groups = [group_named(call, name)] if name else list(call.table("parameter-groups").values())
    return {"CacheParameterGroups": [_public(group) for group in groups]}


@emulates("elasticache", "DescribeCacheParameters")
def describe_parameters(call: Call) -> Params:
    """Give the parameters of a group; a value other than the default has the source `user`."""
    group = group_named(call, call.params["CacheParameterGroupName"])
    wanted = call.params.get("Source")
    parameters = [
        {
            "ParameterName": name,
            "ParameterValue": value,
            "Source": "system" if _DEFAULTS.get(name) == value else "user",
            "DataType": "string",
            "IsModifiable": True,
            "ChangeType": "immediate",
        }
        for name, value in sorted(group["Parameters"].items())
    ]
    return {"Parameters": [one for one in parameters if wanted in (None, one["Source"])]}


@emulates("elasticache", "ModifyCacheParameterGroup")
def modify(call: Call) -> Params:
    """Set parameters."""
    group = group_named(call, call.params["CacheParameterGroupName"])
    for parameter in call.params["ParameterNameValues"]:
        group["Parameters"][parameter["ParameterName"]] = parameter["ParameterValue"]
    return {"CacheParameterGroupName": group["CacheParameterGroupName"]}


@emulates("elasticache", "ResetCacheParameterGroup")
def reset(call: Call) -> Params:
    """Give the named parameters, or all, their defaults again."""
    group = group_named(call, call.params["CacheParameterGroupName"])
    if call.params.get("ResetAllParameters"):
        group["Parameters"] = dict(_DEFAULTS)
    for parameter in call.params.get("ParameterNameValues", []):
        name = parameter["ParameterName"]
        group["Parameters"].pop(name, None)
        if name in _DEFAULTS:
            group["Parameters"][name] = _DEFAULTS[name]
    return {"CacheParameterGroupName": group["CacheParameterGroupName"]}


@emulates("elasticache", "DeleteCacheParameterGroup")
def delete(call: Call) -> None:
    """Delete a group that no cluster uses."""
    group = group_named(call, call.params["CacheParameterGroupName"])
    name = group["CacheParameterGroupName"]
    for cluster in call.table("clusters").values():
        if cluster["CacheParameterGroup"]["CacheParameterGroupName"] == name:
            raise AwsError("InvalidCacheParameterGroupState", f"{name} is in use", 400)
    del call.table("parameter-groups")[name]
    tags.forget(call, group["ARN"])
