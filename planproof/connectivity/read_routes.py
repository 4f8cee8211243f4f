"""Route tables with all their routes, the local ones written out, and which subnet uses which table."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any, Final

from planproof.connectivity.intervals import ADDRESSES, IPV4_SIZE, Intervals, addresses, cidrs
from planproof.connectivity.matching import blocks, known
from planproof.connectivity.pointing import Pointed, part, pointed
from planproof.connectivity.read_groups import list_entries, list_key
from planproof.connectivity.topology import Kind, Part, Problem, Route, RouteTable, Vpc
from planproof.document import Unknown, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planproof.document import Document, Resource

TARGETS: Final[dict[str, Kind]] = {
    "nat_gateway_id": "nat",
    "egress_only_gateway_id": "egress-only",
    "vpc_peering_connection_id": "peering",
    "transit_gateway_id": "transit",
    "vpc_endpoint_id": "appliance",
    "network_interface_id": "appliance",
    "core_network_arn": "unknown",
    "local_gateway_id": "vpn",
    "carrier_gateway_id": "unknown",
    "gateway_id": "internet",
}
WIDEST: Final = ("destination_cidr_block", "cidr_block", "destination_ipv6_cidr_block", "ipv6_cidr_block")


def read_tables(document: Document, vpcs: dict[str, Vpc], problems: list[Problem]) -> dict[str, RouteTable]:
    """Every table of the document, and the main table AWS makes for each VPC."""
    routes: dict[str, list[Route]] = {}
    for route in document.of("aws_route"):
        owner = pointed(document, route, "route_table_id").first or ""
        made = read_route(document, route, part(route), route.get, "", problems)
        routes.setdefault(owner, []).extend(made)
    found: dict[str, RouteTable] = {}
    for table in document.of("aws_route_table", "aws_default_route_table"):
        main = pointed(document, table, "default_route_table_id").first
        vpc = (main or "").removesuffix("/main-table") or pointed(document, table, "vpc_id").first
        own, cause = inline(document, table, problems)
        keys = [table.address, *([main] if main else [])]
        extra = [route for key in keys for route in routes.get(key, ())]
        here = local(vpcs.get(vpc or ""), part(table))
        whole = RouteTable(table.address, part(table), first_of([*own, *extra, *here]), cause)
        found |= dict.fromkeys(keys, whole)
    for vpc_id, one in vpcs.items():
        key = f"{vpc_id}/main-table"
        if key not in found:
            found[key] = RouteTable(key, one.part, first_of([*routes.get(key, []), *local(one, one.part)]))
    return found


def local(vpc: Vpc | None, where: Part) -> list[Route]:
    """The routes that every table has: to the blocks of its own VPC."""
    if vpc is None:
        return []
    return [Route(where, addresses(cidr), ip_network(cidr).prefixlen, "local", vpc.id) for cidr in cidrs(vpc.addresses)]


def first_of(routes: list[Route]) -> tuple[Route, ...]:
    """Routes without those whose destination an earlier one has; a written route replaces a local one."""
    seen: dict[tuple[Intervals, frozenset[str]], Route] = {}
    for route in routes:
        seen.setdefault((route.destination, route.lists), route)
    return tuple(seen.values())


def inline(document: Document, table: Resource, problems: list[Problem]) -> tuple[list[Route], str]:
    """The routes written inside a table."""
    try:
        inside = table.blocks("route")
    except UnknownValueError as error:
        written = table.references("route") or document.kind == "configuration"
        return [], error.unknown.cause if written else ""
    found: list[Route] = []
    for block in inside:
        found += read_route(document, table, part(table, block.path), block.get, f"{block.path}.", problems)
    return found, ""


def read_route(  # noqa: PLR0917 - one place and one way to ask
    document: Document, resource: Resource, where: Part, get: Callable[[str], Any], path: str, problems: list[Problem]
) -> Iterator[Route]:
    """One route; several when it leads to the blocks of a prefix list."""
    kind, target, cause = target_of(document, resource, get, path)
    there = blocks(get(name) for name in WIDEST)
    problems += [Problem(where, f"{wrong!r} is no CIDR block") for wrong in there.wrong]
    listed = pointed(document, resource, f"{path}destination_prefix_list_id")
    cause = "; ".join(filter(None, (cause, there.unknown, listed.unknown)))
    if there.unknown or listed.unknown:
        yield Route(where, ADDRESSES, IPV4_SIZE, kind, target, unknown=cause)
        return
    for part_of in cidrs(there.addresses):
        yield Route(where, addresses(part_of), ip_network(part_of).prefixlen, kind, target, unknown=cause)
    for one in listed.ids:
        entries = list_entries(document, one)
        if entries is None:
            yield Route(where, Intervals(), 0, kind, target, frozenset({list_key(document, one)}), cause)
            continue
        for part_of in cidrs(entries.addresses):
            yield Route(where, addresses(part_of), ip_network(part_of).prefixlen, kind, target, unknown=cause)


def target_of(document: Document, resource: Resource, get: Callable[[str], Any], path: str) -> tuple[Kind, str, str]:
    """Where a route leads: the kind of thing, its id, and what is not known of it."""
    doubt = ""
    for name, kind in TARGETS.items():
        goal = pointed(document, resource, f"{path}{name}")
        if goal.first:
            return gateway(document, goal) if name == "gateway_id" else (kind, goal.first, "")
        if goal.unknown and not (document.kind == "plan" and not is_written(resource, f"{path}{name}")):
            doubt = goal.unknown
    if doubt:
        return "unknown", "", doubt
    state = known(get("state"))
    return "blackhole", str(state or ""), ""


def is_written(resource: Resource, path: str) -> bool:
    """Whether anything is pointed to; a plan says of each absent target that it is known after apply."""
    return bool(resource.references(path)) or not isinstance(resource.get(path), Unknown)


def gateway(document: Document, goal: Pointed) -> tuple[Kind, str, str]:
    """What a `gateway_id` names: it may be an internet gateway, a VPN gateway, an endpoint or the VPC itself."""
    name = goal.first or ""
    resource = document.resource(name)
    kind = resource.type if resource else ""
    if name == "local":
        return "local", name, ""
    if kind == "aws_internet_gateway" or name.startswith("igw-"):
        return "internet", name, ""
    if kind == "aws_vpn_gateway" or name.startswith("vgw-"):
        return "vpn", name, ""
    if kind == "aws_vpc_endpoint" or name.startswith("vpce-"):
        return "appliance", name, ""
    return "unknown", name, f"{name} is not in the document"


def table_of_subnets(document: Document) -> dict[str, tuple[str, Part]]:
    """The table of each subnet that has one of its own, and where that is written."""
    found: dict[str, tuple[str, Part]] = {}
    for joined in document.of("aws_route_table_association"):
        table = pointed(document, joined, "route_table_id").first
        for subnet in pointed(document, joined, "subnet_id").ids:
            if table:
                found[subnet] = (table, part(joined))
    return found


def main_tables(document: Document) -> dict[str, str]:
    """The table of each VPC for subnets without one."""
    found: dict[str, str] = {}
    for joined in document.of("aws_main_route_table_association"):
        vpc, table = (pointed(document, joined, path).first for path in ("vpc_id", "route_table_id"))
        if vpc and table:
            found[vpc] = table
    return found
