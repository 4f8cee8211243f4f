"""The whole internet may connect to a port that is not the web's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.ports import ALL_PORTS, SENSITIVE_PORTS, WEB, doors, groups_of, place
from planproof.rule import Addition, Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_of_the_web(rule: Resource, document: Document) -> bool:
    """Whether a rule lets the world to HTTPS, as that of a public load balancer does."""
    del document
    return bool(rule.get("cidr_ipv4") == "0.0.0.0/0" and rule.get("to_port") == WEB.parts[-1][0])


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """The world reaches ports 80 and 443 only; ports that are worse than unusual are world-open-port's."""
    for known in groups_of(group, document):
        sensitive = {door.rule.part for door in doors(known, SENSITIVE_PORTS)}
        for door in doors(known, ALL_PORTS - WEB - SENSITIVE_PORTS):
            rule = document.resource(door.rule.part.address) or group
            path = place(rule, door.rule)
            if door.rule.unknown:
                yield Undecided(path, door.rule.unknown, rule)
            elif door.rule.part not in sensitive:
                yield Violation(path, "ports 80 and 443 only, or named callers", resource=rule)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_security_group", "aws_default_security_group", "stack"),
    why="What listens there was not meant for strangers, and no load balancer or WAF stands before it.",
    fix="Name the callers, or move the service behind the load balancer on port 443.",
    docs="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18",
    controls=("pci-dss-4.0.1/1.2.5", "pci-dss-4.0.1/1.3.1", "aws-fsbp/EC2.18"),
    check=check,
    mutations=(
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "tcp",
                "from_port": 7777,
                "to_port": 7777,
                "cidr_ipv4": "0.0.0.0/0",
            },
            beside="aws_security_group",
            at="cidr_ipv4",
        ),
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "udp",
                "from_port": 40000,
                "to_port": 50000,
                "cidr_ipv6": "2000::/3",
            },
            beside="aws_security_group",
            at="cidr_ipv6",
        ),
        Mutation("to_port", 444, type="aws_vpc_security_group_ingress_rule", at="cidr_ipv4", on=is_of_the_web),
    ),
)
