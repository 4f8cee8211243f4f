"""Subnets: their zone, the table that routes them, and where its default route leads."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING, Any, Final

from planproof.document import Document, Resource, Unknown, among, items
from planproof.rule import Outcome, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYWHERE: Final = frozenset({"0.0.0.0/0", "::/0"})
GATEWAY: Final = "aws_internet_gateway"
NAT: Final = "aws_nat_gateway"
Block = IPv4Network | IPv6Network


def block(value: Any) -> Block | None:
    """A CIDR block, or None when it is unknown or none."""
    try:
        return ip_network(value) if isinstance(value, str) else None
    except ValueError:
        return None


def zone(subnet: Resource) -> str | None:
    """Where a subnet lies, when that is known."""
    found = subnet.get("availability_zone") or subnet.get("availability_zone_id")
    return found if isinstance(found, str) else None


def in_one_zone(resource: Resource, path: str, document: Document) -> Iterator[Outcome]:
    """An outcome when all subnets of an attribute lie in one zone, or may."""
    subnets = subnets_at(resource, path, document)
    near = _known(resource, path, document) if subnets is None else subnets
    places = [one.get("availability_zone", one.get("availability_zone_id")) for one in near]
    named = sorted({one for one in places if isinstance(one, str)})
    if len(named) > 1:
        return
    if subnets is None:
        yield Undecided(path, "some of the subnets are not in the document")
    elif len(places) > 1 and not all(isinstance(one, str) for one in places):
        yield Undecided(path, "the zones of some of the subnets are not known")
    elif named:
        yield Violation(path, "subnets of at least two zones", found=named[0])


def subnets_at(resource: Resource, path: str, document: Document) -> tuple[Resource, ...] | None:
    """The subnets an attribute lists; None when some of them are not in the document."""
    listed = resource.get(path)
    number = 1 if isinstance(listed, Unknown) else len(items(listed))
    found = _known(resource, path, document)
    return found if len(found) == number else None


def _known(resource: Resource, path: str, document: Document) -> tuple[Resource, ...]:
    return tuple(one for one in document.targets(resource, path) if one.type == "aws_subnet")


def table(subnet: Resource, document: Document) -> Resource | None:
    """The route table of a subnet, when an association says it."""
    for association in document.referrers(subnet, "aws_route_table_association"):
        if any(one is subnet for one in document.targets(association, "subnet_id")):
            return document.target(association, "route_table_id")
    return None


def way_out(routes: Resource, document: Document) -> tuple[Resource | None, Resource] | None:
    """Where a table's default route leads, and the resource that says so; None when there is no such route."""
    for route in document.referrers(routes, "aws_route"):
        if document.target(route, "route_table_id") is routes and among(
            route.get("destination_cidr_block"), EVERYWHERE
        ):
            return _leads(route, "", document), route
    for inline in routes.blocks("route"):
        if among(inline.get("cidr_block"), EVERYWHERE):
            return _leads(routes, f"{inline.path}.", document), routes
    return None


def _leads(route: Resource, prefix: str, document: Document) -> Resource | None:
    for name in ("gateway_id", "nat_gateway_id", "transit_gateway_id", "network_interface_id"):
        found = document.target(route, f"{prefix}{name}")
        if found is not None:
            return found
    return None


def is_public(subnet: Resource, document: Document) -> bool | None:
    """Whether a subnet's default route leads to the internet; None when its table is not in the document."""
    routes = table(subnet, document)
    if routes is None:
        return None
    way = way_out(routes, document)
    return way is not None and way[0] is not None and way[0].type == GATEWAY
