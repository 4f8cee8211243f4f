"""A public load balancer stands in a subnet that the internet cannot reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.subnets import GATEWAY, subnets_at, table, way_out
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(balancer: Resource, document: Document) -> Iterator[Outcome]:
    """Every subnet of an internet-facing balancer has its default route to an internet gateway."""
    if balancer.get("internal", False) is True:
        return
    for position, subnet in enumerate(subnets_at(balancer, "subnets", document) or ()):
        routes = table(subnet, document)
        if routes is None:
            yield Undecided(f"subnets.{position}", f"the route table of {subnet.address} is not in the document")
            continue
        way = way_out(routes, document)
        if way is None or way[0] is None or way[0].type != GATEWAY:
            found = (
                "no default route"
                if way is None
                else f"a default route to {getattr(way[0], 'address', 'another place')}"
            )
            yield Violation(
                "subnets",
                "subnets whose default route leads to an internet gateway",
                found=f"{subnet.address}: {found}",
            )


def is_out(route: Resource, document: Document) -> bool:
    """Choose the routes to the internet gateway."""
    target = document.target(route, "gateway_id")
    return target is not None and target.type == GATEWAY


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb", "aws_alb"),
    why="Customers of one zone reach a balancer whose answers never leave: a third of all payments time out.",
    fix="Place the balancer in the public tier: modules.load_balancer.LoadBalancer takes it from the network.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    controls=("pci-dss-4.0.1/1.4.2",),
    check=check,
    mutations=(
        Removal("aws_route", at="subnets", on=is_out),
        Mutation("destination_cidr_block", "10.99.0.0/16", "aws_route", at="subnets", on=is_out),
    ),
)
