"""A group may open connections to every port of the whole internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.ports import ALL_PORTS, doors, groups_of, place
from planproof.rule import Addition, Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


MANY: Final = 32_768


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """No outgoing rule for all protocols or all ports of the world."""
    for door in (one for known in groups_of(group, document) for one in doors(known, ALL_PORTS, egress=True)):
        rule = document.resource(door.rule.part.address) or group
        path = place(rule, door.rule)
        if door.rule.unknown:
            yield Undecided(path, door.rule.unknown, rule)
        elif sum(high - low + 1 for low, high in door.ports.parts) >= MANY:
            yield Violation(path, "the ports and the callees that are needed", resource=rule)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_security_group", "stack"),
    why="Whoever takes over the program sends the data wherever he likes, on whatever port the firewall forgot.",
    fix="Name the port and the callee: caller.connections.allow_to(callee, why) writes both.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    controls=("pci-dss-4.0.1/1.3.2",),
    check=check,
    mutations=(
        Addition(
            "aws_vpc_security_group_egress_rule",
            {"security_group_id": "${{victim}.id}", "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"},
            beside="aws_security_group",
            at="cidr_ipv4",
        ),
        Addition(
            "aws_vpc_security_group_egress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "tcp",
                "from_port": 0,
                "to_port": 65535,
                "cidr_ipv6": "::/0",
            },
            beside="aws_security_group",
            at="cidr_ipv6",
        ),
        Mutation(
            "ip_protocol",
            "-1",
            type="aws_vpc_security_group_egress_rule",
            at="cidr_ipv4",
            on=lambda rule, _: rule.get("cidr_ipv4") == "0.0.0.0/0",
        ),
    ),
)
