"""A subnet is routed by the table of another tier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.outside import doubt
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "route_table_id"


def check(association: Resource, document: Document) -> Iterator[Outcome]:
    """Subnet and table carry the same Tier; those without the tag are not judged."""
    subnet = document.target(association, "subnet_id")
    routes = document.target(association, PATH)
    if subnet is None or routes is None or routes.mode == "data":
        hidden = doubt(association, PATH, document)
        if subnet is not None and subnet.get("tags.Tier") is not None and hidden is not None:
            yield hidden
        return
    tier, other = subnet.get("tags.Tier"), routes.get("tags.Tier")
    if tier is not None and other is not None and tier != other:
        yield Violation(PATH, f"a route table of the tier {tier}", found=f"{routes.address} of the tier {other}")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_route_table_association",),
    why="A database subnet that is routed like a public one is on the internet, whatever its name says.",
    fix="Associate the subnet with a table of its own tier, as modules.tier.Tier does.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    controls=("pci-dss-4.0.1/1.4.4", "pci-dss-4.0.1/1.2.8"),
    check=check,
    mutations=(
        Mutation(
            "tags.Tier", "public", "aws_route_table", at=PATH, on=lambda one, _: one.get("tags.Tier") == "database"
        ),
        Mutation("tags.Tier", "database", "aws_subnet", at=PATH, on=lambda one, _: one.get("tags.Tier") == "private"),
        Mutation(PATH, "${aws_route_table.public.id}", on=lambda one, _: one.name == "data"),
    ),
    specimen={
        "resource": {
            "aws_subnet": {"data": {"tags": {"Tier": "database"}}},
            "aws_route_table": {"data": {"tags": {"Tier": "database"}}, "public": {"tags": {"Tier": "public"}}},
            "aws_route_table_association": {
                "data": {"subnet_id": "${aws_subnet.data.id}", PATH: "${aws_route_table.data.id}"},
            },
        }
    },
)
