"""Zones of production share one NAT gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.document import Document, Resource
from planproof.reading.blame import in_the_last
from planproof.reading.subnets import NAT, way_out, zone
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def _own(association: Resource, document: Document) -> Iterator[Outcome]:
    subnet = document.target(association, "subnet_id")
    routes = document.target(association, "route_table_id")
    way = None if routes is None else way_out(routes, document)
    if subnet is None or way is None or way[0] is None or way[0].type != NAT:
        return
    home = document.target(way[0], "subnet_id")
    if home is None or zone(home) is None or zone(subnet) is None:
        yield Undecided("nat_gateway_id", f"the zone of {way[0].address} is not known", way[1])
    elif zone(home) != zone(subnet):
        yield Violation(
            "nat_gateway_id",
            f"a NAT gateway in {zone(subnet)}",
            found=f"{way[0].address} in {zone(home)}",
            resource=way[1],
        )


check = in_the_last(_own, "aws_route_table_association")


def at(letter: str) -> str:
    """A reference to the NAT gateway of a zone."""
    return f"${{aws_nat_gateway.{letter}.id}}"


def zonal() -> dict[str, Any]:
    """Two zones, each with its gateway."""
    both = ("a", "b")
    return {
        "aws_subnet": {
            f"{tier}{one}": {"availability_zone": f"eu-west-1{one}"} for tier in ("out", "in") for one in both
        },
        "aws_nat_gateway": {one: {"subnet_id": f"${{aws_subnet.out{one}.id}}"} for one in both},
        "aws_route_table": {one: {} for one in both},
        "aws_route_table_association": {
            one: {"subnet_id": f"${{aws_subnet.in{one}.id}}", "route_table_id": f"${{aws_route_table.{one}.id}}"}
            for one in both
        },
        "aws_route": {
            one: {
                "route_table_id": f"${{aws_route_table.{one}.id}}",
                "destination_cidr_block": "0.0.0.0/0",
                "nat_gateway_id": at(one),
            }
            for one in both
        },
    }


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="The loss of one zone stops the payments of all zones: none can reach the card network any more.",
    fix="Set network.nat to one per zone in the environment's YAML, the default.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("nat_gateway_id", at("a"), "aws_route", environment="prod", on=lambda one, _: one.name == "b"),
        Mutation(
            "availability_zone",
            "eu-west-1c",
            "aws_subnet",
            at="nat_gateway_id",
            environment="prod",
            on=lambda one, _: one.name == "inb",
        ),
    ),
    specimen={"prod": {"resource": zonal()}},
)
