"""A subnet has no route table of its own, so the main one routes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_route_table_association"


def check(subnet: Resource, document: Document) -> Iterator[Outcome]:
    """One association; what somebody adds to the main table later is not meant for this subnet."""
    if subnet.address not in document.once(_associated):
        yield Violation(PATH, "an association of this subnet with a route table", found="none")


def _associated(document: Document) -> frozenset[str]:
    return frozenset(subnet.address for one in document.of(PATH) for subnet in document.targets(one, "subnet_id"))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_subnet",),
    why="Without its association a private subnet loses its way out, or gains one that nobody meant it to have.",
    fix="Build subnets with modules.tier.Tier, which routes each.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    controls=("pci-dss-4.0.1/1.2.8",),
    check=check,
    mutations=(Removal(PATH, at=PATH), Mutation("subnet_id", ABSENT, PATH, at=PATH)),
)
