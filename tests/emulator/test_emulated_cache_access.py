"""ElastiCache users, user groups and parameter groups: who may do what in the cache."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.emulator.emulated_account import Account, refusal, tag_list

PASSWORD: Final = "sixteen-or-longer"  # noqa: S105 - of a cache that does not exist


@pytest.fixture
def elasticache(account: Account) -> Any:
    """A client for an account without any cache."""
    return account.client("elasticache")


def create_user(elasticache: Any, user_id: str, **settings: Any) -> dict[str, Any]:
    """Create a user that may do everything."""
    user: dict[str, Any] = elasticache.create_user(
        **{
            "UserId": user_id,
            "UserName": user_id,
            "Engine": "redis",
            "AccessString": "on ~* +@all",
            "AuthenticationMode": {"Type": "password", "Passwords": [PASSWORD]},
            **settings,
        }
    )
    return user


def test_user_is_read_back_as_created(elasticache: Any) -> None:
    """A user shows its rights and kind of authentication, never a password: state stays free of secrets."""
    create_user(elasticache, "App", Tags=tag_list({"Owner": "payments"}))

    (user,) = elasticache.describe_users(UserId="app")["Users"]

    assert user == {
        "UserId": "app",
        "UserName": "App",
        "Status": "active",
        "Engine": "redis",
        "MinimumEngineVersion": "6.0",
        "AccessString": "on ~* +@all",
        "UserGroupIds": [],
        "Authentication": {"Type": "password", "PasswordCount": 1},
        "ARN": user["ARN"],
    }
    assert elasticache.list_tags_for_resource(ResourceName=user["ARN"])["TagList"] == tag_list({"Owner": "payments"})


def test_user_authenticates_by_iam(elasticache: Any) -> None:
    """IAM users are how the platform's services reach the cache without any stored secret."""
    created = create_user(elasticache, "ledger", AuthenticationMode={"Type": "iam"})

    assert created["Authentication"] == {"Type": "iam"}


def test_iam_user_needs_equal_id_and_name(elasticache: Any) -> None:
    """AWS refuses an IAM user whose id and name differ; finding it here saves a failed deployment."""
    code, message = refusal(
        elasticache.create_user,
        UserId="ledger-user",
        UserName="ledger",
        Engine="redis",
        AccessString="on ~* +@all",
        AuthenticationMode={"Type": "iam"},
    )

    assert (code, message) == (
        "InvalidParameterCombination",
        "User Id and User name must be same for authentication type: iam",
    )


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ({"Type": "password"}, "InvalidParameterCombination"),
        ({"Type": "password", "Passwords": ["short"]}, "InvalidParameterValue"),
    ],
)
def test_weak_passwords_are_refused(elasticache: Any, mode: dict[str, Any], code: str) -> None:
    """No cache user without a password, and none with a short one."""
    found, _ = refusal(
        elasticache.create_user,
        UserId="app",
        UserName="app",
        Engine="redis",
        AccessString="on ~* +@all",
        AuthenticationMode=mode,
    )

    assert found == code


def test_user_is_changed(elasticache: Any) -> None:
    """Narrowing a user's rights and replacing its password happens in place, without a new user."""
    create_user(elasticache, "app")

    elasticache.modify_user(UserId="app", AccessString="on ~session:* +get")
    elasticache.modify_user(UserId="app", AppendAccessString="+set", NoPasswordRequired=True)

    (user,) = elasticache.describe_users()["Users"]
    assert user["AccessString"] == "on ~session:* +get +set"
    assert user["Authentication"] == {"Type": "no-password"}


def test_unknown_user_is_not_found(elasticache: Any) -> None:
    """The provider learns from this error that a user is gone; `default` is always there."""
    assert refusal(elasticache.describe_users, UserId="nobody")[0] == "UserNotFound"
    assert refusal(elasticache.delete_user, UserId="nobody")[0] == "UserNotFound"
    (default,) = elasticache.describe_users(UserId="default")["Users"]
    assert default["UserName"] == "default"


def test_user_id_is_taken_once(elasticache: Any) -> None:
    """Two stacks cannot own the same user."""
    create_user(elasticache, "app")

    assert refusal(create_user, elasticache=elasticache, user_id="app")[0] == "UserAlreadyExists"


def test_user_group_holds_its_users(elasticache: Any) -> None:
    """A user in a group cannot be deleted, so no cache loses a user it counts on."""
    create_user(elasticache, "app")
    group = elasticache.create_user_group(
        UserGroupId="Sessions", Engine="REDIS", UserIds=["default", "app"], Tags=tag_list({"Owner": "payments"})
    )

    assert (group["UserGroupId"], group["Engine"], group["UserIds"]) == ("sessions", "redis", ["default", "app"])
    assert refusal(elasticache.delete_user, UserId="app")[0] == "InvalidUserState"

    elasticache.modify_user_group(UserGroupId="sessions", UserIdsToRemove=["app"])
    elasticache.delete_user(UserId="app")

    (left,) = elasticache.describe_user_groups(UserGroupId="sessions")["UserGroups"]
    assert left["UserIds"] == ["default"]
    assert refusal(elasticache.describe_users, UserId="app")[0] == "UserNotFound"


def test_user_group_takes_more_users(elasticache: Any) -> None:
    """A new service gets its user into the group without the group being made anew."""
    create_user(elasticache, "app")
    elasticache.create_user_group(UserGroupId="sessions", Engine="redis", UserIds=["default"])

    elasticache.modify_user_group(UserGroupId="sessions", UserIdsToAdd=["app"])

    (user,) = elasticache.describe_users(UserId="app")["Users"]
    assert user["UserGroupIds"] == ["sessions"]


def test_redis_group_needs_a_default_user(elasticache: Any) -> None:
    """AWS refuses such a group in the middle of a deployment, so the emulator does too."""
    create_user(elasticache, "app")

    found = refusal(elasticache.create_user_group, UserGroupId="g", Engine="redis", UserIds=["app"])

    assert found == ("DefaultUserRequired", "User group needs to contain a user with the user name default.")


def test_valkey_group_takes_only_users_that_authenticate(elasticache: Any) -> None:
    """A Valkey group needs no default user, and nobody in it gets in without proof."""
    create_user(elasticache, "app", Engine="valkey")
    elasticache.create_user_group(UserGroupId="g", Engine="valkey", UserIds=["app"])

    code, _ = refusal(elasticache.modify_user_group, UserGroupId="g", UserIdsToAdd=["default"])

    assert code == "InvalidParameterCombination"


def test_user_group_is_deleted_and_its_users_stay(elasticache: Any) -> None:
    """Removing a group frees its users, which may be needed elsewhere."""
    create_user(elasticache, "app")
    elasticache.create_user_group(UserGroupId="g", Engine="redis", UserIds=["default", "app"])
    assert refusal(elasticache.create_user_group, UserGroupId="g", Engine="redis")[0] == "UserGroupAlreadyExists"

    gone = elasticache.delete_user_group(UserGroupId="g")

    assert gone["Status"] == "deleting"
    assert elasticache.describe_user_groups()["UserGroups"] == []
    assert elasticache.describe_users(UserId="app")["Users"][0]["UserGroupIds"] == []
    assert refusal(elasticache.describe_user_groups, UserGroupId="g")[0] == "UserGroupNotFound"


def parameters(elasticache: Any, source: str) -> dict[str, str]:
    """Give the parameters of group `p` by name."""
    found = elasticache.describe_cache_parameters(CacheParameterGroupName="p", Source=source)["Parameters"]
    return {one["ParameterName"]: one["ParameterValue"] for one in found}


def test_parameters_are_set_and_reset(elasticache: Any) -> None:
    """The provider reads which values a user has set; a wrong answer would be a change in every plan."""
    group = elasticache.create_cache_parameter_group(
        CacheParameterGroupName="P", CacheParameterGroupFamily="valkey8", Description="sessions"
    )["CacheParameterGroup"]
    assert (group["CacheParameterGroupName"], group["CacheParameterGroupFamily"]) == ("p", "valkey8")
    assert parameters(elasticache, "user") == {}

    wanted = [
        {"ParameterName": "maxmemory-policy", "ParameterValue": "allkeys-lru"},
        {"ParameterName": "activedefrag", "ParameterValue": "yes"},
        {"ParameterName": "timeout", "ParameterValue": "300"},
    ]
    elasticache.modify_cache_parameter_group(CacheParameterGroupName="p", ParameterNameValues=wanted)
    assert parameters(elasticache, "user") == {
        "activedefrag": "yes",
        "maxmemory-policy": "allkeys-lru",
        "timeout": "300",
    }

    elasticache.reset_cache_parameter_group(CacheParameterGroupName="p", ParameterNameValues=wanted[:2])
    assert parameters(elasticache, "user") == {"timeout": "300"}
    assert parameters(elasticache, "system")["maxmemory-policy"] == "volatile-lru"

    elasticache.reset_cache_parameter_group(CacheParameterGroupName="p", ResetAllParameters=True)
    assert parameters(elasticache, "user") == {}


def test_parameter_group_comes_and_goes(elasticache: Any) -> None:
    """A group is there once, is listed, carries tags, and is gone after its deletion."""
    settings = {"CacheParameterGroupName": "p", "CacheParameterGroupFamily": "redis7", "Description": "d"}
    created = elasticache.create_cache_parameter_group(**settings, Tags=tag_list({"Owner": "a"}))
    arn = created["CacheParameterGroup"]["ARN"]
    assert refusal(elasticache.create_cache_parameter_group, **settings)[0] == "CacheParameterGroupAlreadyExists"
    listed = elasticache.describe_cache_parameter_groups()["CacheParameterGroups"]
    assert [group["CacheParameterGroupName"] for group in listed] == ["p"]

    added = elasticache.add_tags_to_resource(ResourceName=arn, Tags=tag_list({"Team": "b"}))
    left = elasticache.remove_tags_from_resource(ResourceName=arn, TagKeys=["Owner"])
    assert added["TagList"] == tag_list({"Owner": "a", "Team": "b"})
    assert left["TagList"] == tag_list({"Team": "b"})

    elasticache.delete_cache_parameter_group(CacheParameterGroupName="p")
    gone = refusal(elasticache.describe_cache_parameter_groups, CacheParameterGroupName="p")
    assert gone == ("CacheParameterGroupNotFound", "CacheParameterGroup p not found.")
