"""EC2: the description of a security group rule whose other side is a group or a prefix list, which moto drops.

Pages: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emulator.handler import Call, Params, emulates

_PEERS = {
    "UserIdGroupPairs": "GroupId",
    "PrefixListIds": "PrefixListId",
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
}


@emulates("ec2", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
def authorize(call: Call) -> Params:
    """Let moto add the rules, and keep what each is for."""
    answer = call.moto()
    said = dict(_descriptions(call.params.get("IpPermissions", [])))
    for rule in answer.get("SecurityGroupRules", []):
        description = said.get((rule.get("FromPort"), rule.get("ToPort"), _peer(rule)))
        if description is not None:
            rule["Description"] = description
            call.table("rule-descriptions")[rule["SecurityGroupRuleId"]] = description
    return answer


@emulates("ec2", "DescribeSecurityGroupRules")
def describe(call: Call) -> Params:
    """Give the rules with what each is for."""
    answer = call.moto()
    for rule in answer.get("SecurityGroupRules", []):
        description = call.table("rule-descriptions").get(rule["SecurityGroupRuleId"])
        if description is not None:
            rule["Description"] = description
    return answer


@emulates("ec2", "ModifySecurityGroupRules")
def modify(call: Call) -> Params:
    """Let moto change the rules, and keep a new description."""
    answer = call.moto()
    for change in call.params.get("SecurityGroupRules", []):
        description = change["SecurityGroupRule"].get("Description")
        if description is not None:
            call.table("rule-descriptions")[change["SecurityGroupRuleId"]] = description
    return answer


def _descriptions(permissions: list[Params]) -> Iterator[tuple[tuple[Any, Any, str | None], str]]:
    """What is said of each permission, by its ports and the other side."""
    for permission in permissions:
        for kind, key in _PEERS.items():
            for peer in permission.get(kind, []):
                if "Description" in peer:
                    yield (permission.get("FromPort"), permission.get("ToPort"), peer.get(key)), peer["Description"]


def _peer(rule: Params) -> str | None:
    """The other side of a rule."""
    group: str | None = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    return group or rule.get("PrefixListId") or rule.get("CidrIpv4") or rule.get("CidrIpv6")
