"""ElastiCache: groups of users, which moto lacks.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates
from emulator.services.elasticache_users import user_with_id

if TYPE_CHECKING:
    from collections.abc import Iterable


def group_with_id(call: Call, group_id: str) -> Params:
    """Give a group; one that is not there is a `UserGroupNotFound`."""
    group: Params | None = call.table("user-groups").get(group_id)
    if group is None:
        raise AwsError("UserGroupNotFound", f"User group {group_id} not found.", 404)
    return group


def _check_members(call: Call, engine: str, user_ids: Iterable[str]) -> None:
    """Refuse what AWS refuses.

    A Redis group needs a user named `default`; a Valkey group takes only users that
    authenticate. See https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html.
    """
    users = [user_with_id(call, user_id) for user_id in user_ids]
    if engine == "redis" and not any(user["UserName"] == "default" for user in users):
        message = "User group needs to contain a user with the user name default."
        raise AwsError("DefaultUserRequired", message, 400)
    if engine == "valkey" and any(user["Authentication"]["Type"] == "no-password" for user in users):
        message = "A user group of the Valkey engine takes only users that authenticate."
        raise AwsError("InvalidParameterCombination", message, 400)


@emulates("elasticache", "CreateUserGroup")
def create(call: Call) -> Params:
    """Create a group of users that exist."""
    group_id = call.params["UserGroupId"].lower()
    if group_id in call.table("user-groups"):
        raise AwsError("UserGroupAlreadyExists", f"User group {group_id} already exists.", 400)
    engine, user_ids = call.params["Engine"].lower(), list(call.params.get("UserIds", []))
    _check_members(call, engine, user_ids)
    group = {
        "UserGroupId": group_id,
        "Status": "active",
        "Engine": engine,
        "UserIds": user_ids,
        "MinimumEngineVersion": "6.0",
        "ReplicationGroups": [],
        "ARN": call.arn(f"usergroup:{group_id}"),
    }
    for user_id in user_ids:
        user_with_id(call, user_id)["UserGroupIds"].append(group_id)
    call.table("user-groups")[group_id] = group
    tags.put(call, group["ARN"], call.params.get("Tags"))
    return group


@emulates("elasticache", "DescribeUserGroups")
def describe(call: Call) -> Params:
    """Give one group by id, or all."""
    name = call.params.get("UserGroupId")
    groups = [group_with_id(call, name)] if name else list(call.table("user-groups").values())
    return {"UserGroups": groups}


@emulates("elasticache", "ModifyUserGroup")
def modify(call: Call) -> Params:
    """Add and remove users; what results must be allowed."""
    group = group_with_id(call, call.params["UserGroupId"])
    added = call.params.get("UserIdsToAdd", [])
    removed = call.params.get("UserIdsToRemove", [])
    user_ids = [user_id for user_id in (*group["UserIds"], *added) if user_id not in removed]
    _check_members(call, group["Engine"], user_ids)
    group["UserIds"] = user_ids
    for user_id in added:
        user_with_id(call, user_id)["UserGroupIds"].append(group["UserGroupId"])
    for user_id in removed:
        user_with_id(call, user_id)["UserGroupIds"].remove(group["UserGroupId"])
    return group


@emulates("elasticache", "DeleteUserGroup")
def delete(call: Call) -> Params:
    """Delete a group that no cache uses; its users stay."""
    group = group_with_id(call, call.params["UserGroupId"])
    if group["ReplicationGroups"]:
        raise AwsError("InvalidUserGroupState", "The user group is in use.", 400)
    for user_id in group["UserIds"]:
        user_with_id(call, user_id)["UserGroupIds"].remove(group["UserGroupId"])
    del call.table("user-groups")[group["UserGroupId"]]
    tags.forget(call, group["ARN"])
    return {**group, "Status": "deleting"}
