"""A route has a destination and no target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import ABSENT, Document, Resource, Unknown
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TARGETS: Final = (
    "gateway_id",
    "nat_gateway_id",
    "egress_only_gateway_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
    "network_interface_id",
    "carrier_gateway_id",
    "local_gateway_id",
    "core_network_arn",
)
WANTED: Final = "a gateway, an endpoint, a peering connection or a network interface"
FROM_OUTSIDE: Final = ("var.", "each.", "local.")


def check(resource: Resource, _document: Document) -> Iterator[Outcome]:
    """A route of its own, and those that stand in a table."""
    if resource.type == "aws_route":
        yield from _judged("", resource.get)
        return
    for block in resource.blocks("route"):
        yield from _judged(f"{block.path}.", block.get)


def _judged(prefix: str, get: Callable[[str], Any]) -> Iterator[Outcome]:
    """One target is enough; one that comes from outside may turn out to be none."""
    written = {name: value for name in TARGETS if (value := get(name)) is not None}
    doubtful = {name: value for name, value in written.items() if _is_from_outside(value)}
    if len(written) > len(doubtful):
        return
    for name, value in doubtful.items():
        yield Undecided(f"{prefix}{name}", value.cause)
        return
    yield Violation(f"{prefix}{TARGETS[0]}", WANTED, found="none")


def _is_from_outside(value: Any) -> bool:
    """Whether what a value will be stands in no document, so that it may be nothing; also when it points nowhere."""
    return isinstance(value, Unknown) and all(str(one).startswith(FROM_OUTSIDE) for one in value.references)


def _by_nat(route: Resource, _document: Document) -> bool:
    return route.get("nat_gateway_id") is not None


def _by_gateway(route: Resource, _document: Document) -> bool:
    return route.get("gateway_id") is not None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_route", "aws_route_table", "aws_default_route_table"),
    why="A private network without its way out cannot fetch images or reach the card networks, and nothing says so.",
    fix="Name the gateway, endpoint, peering connection or interface that the packets go to.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    controls=("pci-dss-4.0.1/1.2.8",),
    check=check,
    mutations=(
        Mutation("nat_gateway_id", ABSENT, "aws_route", at=TARGETS[0], on=_by_nat),
        Mutation("gateway_id", ABSENT, "aws_route", on=_by_gateway),
        Mutation("route.0.transit_gateway_id", ABSENT, "aws_route_table", at=f"route.0.{TARGETS[0]}"),
    ),
    specimen={
        "resource": {
            "aws_route_table": {
                "office": {
                    "vpc_id": "vpc-0",
                    "route": [{"cidr_block": "10.0.0.0/8", "transit_gateway_id": "tgw-0"}],
                }
            }
        }
    },
)
