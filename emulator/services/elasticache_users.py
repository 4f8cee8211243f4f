"""ElastiCache: users of role-based access control; moto has neither changes nor IAM users.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Final

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates

# https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_AuthenticationMode.html
_SHORTEST_PASSWORD: Final = 16
_LONGEST_PASSWORD: Final = 128
_SETTINGS: Final = {"AuthenticationMode", "Passwords", "NoPasswordRequired"}


def user_with_id(call: Call, user_id: str) -> Params:
    """Give a user; every account has one called `default`. Any other must exist."""
    user: Params | None = call.table("users").get(user_id)
    if user is not None:
        return user
    if user_id != "default":
        raise AwsError("UserNotFound", f"User {user_id} not found.", 404)
    built_in = {
        "UserId": "default",
        "UserName": "default",
        "Status": "active",
        "Engine": "redis",
        "AccessString": "on ~* +@all",
        "Authentication": {"Type": "no-password"},
        "UserGroupIds": [],
        "ARN": call.arn("user:default"),
    }
    call.table("users")["default"] = built_in
    return built_in


def _authentication(call: Call, user: Params) -> Params:
    sent = call.params
    mode = sent.get("AuthenticationMode", {})
    passwords = mode.get("Passwords") or sent.get("Passwords") or []
    kind = mode.get("Type") or ("no-password" if sent.get("NoPasswordRequired") else "password")
    if kind == "password" and not passwords:
        raise AwsError("InvalidParameterCombination", "A user that authenticates with a password needs one.", 400)
    if any(not _SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD for password in passwords):
        raise AwsError("InvalidParameterValue", "Passwords have 16 to 128 characters.", 400)
    if kind == "iam" and user["UserId"] != user["UserName"]:
        raise AwsError(
            "InvalidParameterCombination",
            "User Id and User name must be same for authentication type: iam",
            400,
        )
    answered = "no-password" if kind == "no-password-required" else kind
    return {"Type": answered, **({"PasswordCount": len(passwords)} if passwords else {})}


@emulates("elasticache", "CreateUser")
def create(call: Call) -> Params:
    """Create a user that authenticates by password, by IAM or not at all."""
    user_id = call.params["UserId"].lower()
    if user_id in call.table("users"):
        raise AwsError("UserAlreadyExists", f"User {user_id} already exists.", 400)
    user: Params = {
        "UserId": user_id,
        "UserName": call.params["UserName"],
        "Status": "active",
        "Engine": call.params["Engine"].lower(),
        "MinimumEngineVersion": "6.0",
        "AccessString": call.params["AccessString"],
        "UserGroupIds": [],
        "ARN": call.arn(f"user:{user_id}"),
    }
    user["Authentication"] = _authentication(call, user)
    call.table("users")[user_id] = user
    tags.put(call, user["ARN"], call.params.get("Tags"))
    return user


@emulates("elasticache", "DescribeUsers")
def describe(call: Call) -> Params:
    """Give one user by id, or all."""
    user_id = call.params.get("UserId")
    return {"Users": [user_with_id(call, user_id)] if user_id else list(call.table("users").values())}


@emulates("elasticache", "ModifyUser")
def modify(call: Call) -> Params:
    """Change what a user may do and how it authenticates."""
    user = user_with_id(call, call.params["UserId"])
    if call.params.keys() & _SETTINGS:
        user["Authentication"] = _authentication(call, user)
    user.update(call.pick("AccessString"))
    if "AppendAccessString" in call.params:
        user["AccessString"] += f" {call.params['AppendAccessString']}"
    return user


@emulates("elasticache", "DeleteUser")
def delete(call: Call) -> Params:
    """Delete a user that is in no group."""
    user = user_with_id(call, call.params["UserId"])
    if user["UserGroupIds"]:
        raise AwsError("InvalidUserState", f"User {user['UserId']} is in a user group.", 400)
    del call.table("users")[user["UserId"]]
    tags.forget(call, user["ARN"])
    return {**user, "Status": "deleting"}
