"""A public NAT gateway stands where it has no way to the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.subnets import GATEWAY, table, way_out
from planproof.rule import Outcome, Removal, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(gateway: Resource, document: Document) -> Iterator[Outcome]:
    """Its subnet's default route leads to an internet gateway."""
    subnet = document.target(gateway, "subnet_id")
    if subnet is None or gateway.get("connectivity_type", "public") != "public":
        return
    routes = table(subnet, document)
    if routes is None:
        yield Undecided("subnet_id", f"the route table of {subnet.address} is not in the document")
        return
    way = way_out(routes, document)
    if way is None or way[0] is None or way[0].type != GATEWAY:
        yield Violation("subnet_id", "a subnet whose default route leads to an internet gateway", found=subnet.address)


def is_out(route: Resource, document: Document) -> bool:
    """Choose the routes of the subnets in which NAT gateways stand."""
    homes = [document.target(one, "subnet_id") for one in document.of("aws_nat_gateway")]
    tables = [table(home, document) for home in homes if home is not None]
    return any(document.target(route, "route_table_id") is one for one in tables)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_nat_gateway",),
    why="Every call to the card network leaves the task and goes nowhere.",
    fix="Place the gateway in the public tier, as modules.network.Network does.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    controls=(),
    check=check,
    mutations=(Removal("aws_route", at="subnet_id", on=is_out),),
)
