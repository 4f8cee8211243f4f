"""A security group rule allows nothing that another rule of the group does not allow already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Document, Resource
from planproof.reading.groups import covers, may_cover, rules_of
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


INGRESS: Final = "aws_vpc_security_group_ingress_rule"
EGRESS: Final = "aws_vpc_security_group_egress_rule"


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Of two equal rules the later one is named; AWS refuses it."""
    for kind in (INGRESS, EGRESS):
        rules = rules_of(group, kind, document)
        for position, one in enumerate(rules):
            for other_position, other in enumerate(rules):
                equal = covers(one, other)
                if other is not one and covers(other, one) and (not equal or other_position < position):
                    yield Violation("security_group_id", f"no rule, because {other.address} covers it", resource=one)
                    break
                hidden = None if other is one else may_cover(other, one)
                if hidden is not None:
                    cause = f"whether {other.address} covers it is not known: {hidden.cause}"
                    yield Undecided("security_group_id", cause, resource=one)
                    break


def door(port: int, **source: str) -> dict[str, Any]:
    """One rule of the specimen's group."""
    return {
        "security_group_id": "${aws_security_group.data.id}",
        "ip_protocol": "tcp",
        "from_port": port,
        "to_port": port,
        **source,
    }


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_security_group",),
    why="Who closes the one rule believes the door shut, and the other keeps it open; equal rules fail to apply.",
    fix="Remove the rule that is covered.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    controls=("pci-dss-4.0.1/1.2.5", "pci-dss-4.0.1/1.2.7"),
    check=check,
    mutations=(
        Mutation("from_port", 5432, INGRESS, at="security_group_id", on=lambda one, _: one.name == "second"),
        Mutation("cidr_ipv4", "10.1.0.0/16", INGRESS, at="security_group_id", on=lambda one, _: one.name == "third"),
        Mutation("ip_protocol", "-1", INGRESS, at="security_group_id", on=lambda one, _: one.name == "third"),
    ),
    specimen={
        "resource": {
            "aws_security_group": {"data": {"name": "data"}},
            INGRESS: {
                "first": door(5432, cidr_ipv4="10.1.0.0/16"),
                "second": {**door(5433, cidr_ipv4="10.1.0.0/16"), "from_port": 5433},
                "third": door(5432, cidr_ipv4="10.2.0.0/16"),
                "fourth": door(5434, cidr_ipv4="10.2.1.0/24"),
            },
        }
    },
)
