"""ElastiCache: changing and deleting subnet groups, which moto can only create.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Any

from emulator.handler import AwsError, Call, Params, emulates


def _group(call: Call) -> Any:
    name = call.params["CacheSubnetGroupName"]
    group = call.backend().cache_subnet_groups.get(name)
    if group is None:
        raise AwsError("CacheSubnetGroupNotFoundFault", f"CacheSubnetGroup {name} not found.", 404)
    return group


def zones_of(call: Call, name: str | None) -> list[str]:
    """Give the zones of a group's subnets; without a group three zones of the region."""
    groups = call.backend().cache_subnet_groups
    if name not in groups:
        return [f"{call.region}{letter}" for letter in "abc"]
    ec2 = call.backend("ec2")
    return sorted({ec2.get_subnet(subnet).availability_zone for subnet in groups[name].subnet_ids})


@emulates("elasticache", "ModifyCacheSubnetGroup")
def modify(call: Call) -> Params:
    """Change the description or the subnets: made anew, because moto works out much from the subnets."""
    group = _group(call)
    backend = call.backend()
    backend.cache_subnet_groups[group.cache_subnet_group_name] = type(group)(
        account_id=call.account,
        region_name=call.region,
        cache_subnet_group_name=group.cache_subnet_group_name,
        cache_subnet_group_description=call.params.get(
            "CacheSubnetGroupDescription", group.cache_subnet_group_description
        ),
        subnet_ids=call.params.get("SubnetIds", group.subnet_ids),
        tags=group.tags,
    )
    return {"CacheSubnetGroup": call.pick("CacheSubnetGroupName", "CacheSubnetGroupDescription")}


@emulates("elasticache", "DeleteCacheSubnetGroup")
def delete(call: Call) -> None:
    """Delete a group that no cluster is in."""
    group, backend = _group(call), call.backend()
    name = group.cache_subnet_group_name
    for cluster in call.table("clusters").values():
        if cluster["CacheSubnetGroupName"] == name:
            raise AwsError("CacheSubnetGroupInUse", f"{name} is in use", 400)
    del backend.cache_subnet_groups[name]
    backend.tagging_service.delete_all_tags_for_resource(group.arn)
