"""The whole internet may connect to a port that is not for it.

Rules of all kinds count together: inline and separate, IPv4 and IPv6, prefix lists, ranges that contain the
port, and blocks that only together are the world; rules of a group that is made elsewhere count as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.ports import SENSITIVE_PORTS, doors, groups_of, named, place
from planproof.rule import Addition, Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_half(rule: Resource, document: Document) -> bool:
    """Whether a rule of the specimen is the one for the database."""
    del document
    return rule.name == "half"


def is_of_the_web(rule: Resource, document: Document) -> bool:
    """Whether a rule lets the world in, as that of a public load balancer does."""
    del document
    return bool(rule.get("cidr_ipv4") == "0.0.0.0/0")


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """No rule, alone or with the others of its group, lets the world to a sensitive port."""
    for door in (one for known in groups_of(group, document) for one in doors(known, SENSITIVE_PORTS)):
        rule = document.resource(door.rule.part.address) or group
        path = place(rule, door.rule)
        if door.rule.unknown:
            yield Undecided(path, door.rule.unknown, rule)
        else:
            yield Violation(path, f"named callers of port {named(door.ports)}", resource=rule)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_security_group", "aws_default_security_group", "stack"),
    why="Logins, databases and consoles are found within minutes and tried until one password fits.",
    fix="Remove the rule, or name the caller: caller.connections.allow_to(callee, why) opens one port to one group.",
    docs="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
    controls=(
        "pci-dss-4.0.1/1.3.1",
        "pci-dss-4.0.1/1.4.2",
        "aws-fsbp/EC2.13",
        "aws-fsbp/EC2.14",
        "aws-fsbp/EC2.19",
        "cis-aws-3.0/5.2",
        "cis-aws-3.0/5.3",
    ),
    check=check,
    mutations=(
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "tcp",
                "from_port": 5432,
                "to_port": 5432,
                "cidr_ipv4": "0.0.0.0/0",
            },
            beside="aws_security_group",
            at="cidr_ipv4",
        ),
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "tcp",
                "from_port": 22,
                "to_port": 22,
                "cidr_ipv6": "::/0",
            },
            beside="aws_security_group",
            at="cidr_ipv6",
        ),
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "tcp",
                "from_port": 3000,
                "to_port": 4000,
                "cidr_ipv4": "128.0.0.0/1",
            },
            beside="aws_security_group",
            at="cidr_ipv4",
        ),
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {"security_group_id": "${{victim}.id}", "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"},
            beside="aws_security_group",
            at="cidr_ipv4",
        ),
        Mutation("cidr_ipv4", "0.0.0.0/0", type="aws_vpc_security_group_ingress_rule", on=is_half),
        Mutation("cidr_ipv4", "0.0.0.0/1", type="aws_vpc_security_group_ingress_rule", on=is_half),
        Mutation("from_port", 0, type="aws_vpc_security_group_ingress_rule", at="cidr_ipv4", on=is_of_the_web),
        Mutation("entry.0.cidr", "0.0.0.0/0", type="aws_ec2_managed_prefix_list", at="prefix_list_ids"),
        Mutation("ingress.0.from_port", 22, at="ingress.0.cidr_blocks", on=lambda group, _: group.name == "web"),
        Mutation("ingress.0.protocol", "-1", at="ingress.0.cidr_blocks", on=lambda group, _: group.name == "web"),
    ),
    specimen={
        "resource": {
            "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
            "aws_ec2_managed_prefix_list": {
                "offices": {
                    "address_family": "IPv4",
                    "max_entries": 2,
                    "name": "offices",
                    "entry": [{"cidr": "198.51.100.0/24"}],
                }
            },
            "aws_security_group": {
                "web": {
                    "vpc_id": "${aws_vpc.main.id}",
                    "ingress": [
                        {
                            "protocol": "tcp",
                            "from_port": 443,
                            "to_port": 443,
                            "cidr_blocks": ["0.0.0.0/0"],
                            "ipv6_cidr_blocks": ["::/0"],
                        }
                    ],
                },
                "data": {"vpc_id": "${aws_vpc.main.id}"},
            },
            "aws_security_group_rule": {
                "office": {
                    "type": "ingress",
                    "security_group_id": "${aws_security_group.data.id}",
                    "protocol": "tcp",
                    "from_port": 5432,
                    "to_port": 5432,
                    "prefix_list_ids": ["${aws_ec2_managed_prefix_list.offices.id}"],
                }
            },
            "aws_vpc_security_group_ingress_rule": {
                "half": {
                    "security_group_id": "${aws_security_group.data.id}",
                    "ip_protocol": "tcp",
                    "from_port": 5432,
                    "to_port": 5432,
                    "cidr_ipv4": "10.0.0.0/16",
                }
            },
        }
    },
)
