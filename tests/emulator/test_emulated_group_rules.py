"""EC2: what a deployment reads back of the rules of a security group."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account


@pytest.fixture
def ec2(account: Account) -> Any:
    """An EC2 client."""
    return account.client("ec2")


@pytest.fixture
def groups(ec2: Any) -> tuple[str, str]:
    """Two security groups of one network."""
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    one, other = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("one", "other")
    )
    return one, other


def described(ec2: Any, rule: str) -> str | None:
    """What the API says a rule is for."""
    (found,) = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"]
    description: str | None = found.get("Description")
    return description


def opened(ec2: Any, group: str, **peer: list[dict[str, str]]) -> str:
    """Open port 5432 of a group to a peer; gives the rule's id."""
    permission = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, **peer}
    answer = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    rule: str = answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]
    return rule


def test_a_door_between_two_groups_keeps_its_reason(ec2: Any, groups: tuple[str, str]) -> None:
    """The reason of each open port is what an auditor reads; a plan would try to write it again for ever."""
    one, other = groups
    rule = opened(ec2, one, UserIdGroupPairs=[{"GroupId": other, "Description": "read the ledger"}])

    assert described(ec2, rule) == "read the ledger"


def test_a_door_to_addresses_keeps_its_reason(ec2: Any, groups: tuple[str, str]) -> None:
    """Likewise where the other side is a block of addresses."""
    rule = opened(ec2, groups[0], IpRanges=[{"CidrIp": "10.0.0.0/24", "Description": "the office"}])

    assert described(ec2, rule) == "the office"


def test_a_reason_can_be_changed(ec2: Any, groups: tuple[str, str]) -> None:
    """A better reason replaces the old one."""
    one, other = groups
    rule = opened(ec2, one, UserIdGroupPairs=[{"GroupId": other, "Description": "read the ledger"}])
    change = {
        "IpProtocol": "tcp",
        "FromPort": 5432,
        "ToPort": 5432,
        "ReferencedGroupId": other,
        "Description": "read and write the ledger",
    }
    ec2.modify_security_group_rules(
        GroupId=one, SecurityGroupRules=[{"SecurityGroupRuleId": rule, "SecurityGroupRule": change}]
    )

    assert described(ec2, rule) == "read and write the ledger"


def test_a_door_without_a_reason_has_none(ec2: Any, groups: tuple[str, str]) -> None:
    """Nothing is made up."""
    one, other = groups

    assert described(ec2, opened(ec2, one, UserIdGroupPairs=[{"GroupId": other}])) is None
