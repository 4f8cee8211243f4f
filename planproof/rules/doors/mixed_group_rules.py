"""A security group has rules written inside it and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Filter, Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


BESIDE: Final = {
    "ingress": ("aws_vpc_security_group_ingress_rule", "aws_security_group_rule"),
    "egress": ("aws_vpc_security_group_egress_rule", "aws_security_group_rule"),
}


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Only a configuration tells them apart: in a plan or a state the group shows both kinds inside."""
    for direction, types in BESIDE.items():
        beside = [
            one
            for one in document.referrers(group, *types)
            if document.target(one, "security_group_id") is group and one.get("type", direction) == direction
        ]
        if beside and group.get(direction) is not None:
            yield Violation(direction, f"no rules inside, because {beside[0].address} stands beside the group")


INSIDE: Final = [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]}]


def has_beside(direction: str) -> Filter:
    """Choose the groups that have rules beside them."""
    return lambda group, document: any(
        document.target(one, "security_group_id") is group
        for one in document.referrers(group, f"aws_vpc_security_group_{direction}_rule")
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_security_group",),
    why="Each apply deletes the rules of the other kind: the platform works on every second deployment.",
    fix="Say every door with connections.allow_to, which writes rules beside the group only.",
    docs="https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group",
    controls=("pci-dss-4.0.1/1.2.8",),
    kinds=("configuration",),
    check=check,
    mutations=(
        Mutation("ingress", INSIDE, on=has_beside("ingress")),
        Mutation("egress", INSIDE, on=has_beside("egress")),
    ),
)
