"""VPCs, subnets, gateways and links of a document."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from planproof.connectivity.intervals import NOTHING, cidrs
from planproof.connectivity.matching import blocks, truth
from planproof.connectivity.pointing import part, pointed
from planproof.connectivity.read_acls import acl_of_subnets, default_acls
from planproof.connectivity.read_routes import main_tables, table_of_subnets
from planproof.connectivity.topology import Link, Nat, Part, Problem, Subnet, Vpc
from planproof.document import Unknown

if TYPE_CHECKING:
    from planproof.document import Document, Resource


def read_vpcs(document: Document, problems: list[Problem]) -> dict[str, Vpc]:
    """Every VPC with its blocks and the gateways attached to it."""
    more: dict[str, list[Any]] = {}
    for extra in document.of("aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association"):
        owner = pointed(document, extra, "vpc_id").first or ""
        more.setdefault(owner, []).append(extra.get("cidr_block") or extra.get("ipv6_cidr_block"))
    gates = attached(document, "aws_internet_gateway") | joined(document)
    one_way = attached(document, "aws_egress_only_internet_gateway")
    found: dict[str, Vpc] = {}
    for vpc in document.of("aws_vpc"):
        six = vpc.get("ipv6_cidr_block")
        values = [vpc.get("cidr_block"), *more.get(vpc.address, []), None if isinstance(six, Unknown) else six]
        there = blocks(values)
        problems += [Problem(part(vpc, "cidr_block"), f"{wrong!r} is no CIDR block") for wrong in there.wrong]
        if there.unknown:
            problems.append(Problem(part(vpc, "cidr_block"), there.unknown, certain=False))
        if isinstance(six, Unknown) and truth(vpc.get("assign_generated_ipv6_cidr_block"), default=False):
            text = "its IPv6 block is known after apply, so the proofs speak of IPv4"
            problems.append(Problem(part(vpc, "ipv6_cidr_block"), text, certain=False))
        answers = (
            truth(vpc.get("enable_dns_support"), default=True),
            truth(vpc.get("enable_dns_hostnames"), default=False),
        )
        dns = False if False in answers else None if None in answers else True
        known = NOTHING if there.unknown else there.addresses
        gate = gates.get(vpc.address)
        found[vpc.address] = Vpc(vpc.address, part(vpc), known, gate, one_way.get(vpc.address), dns)
    return found


def attached(document: Document, kind: str) -> dict[str, Part]:
    """The gateway of this type of each VPC."""
    gates = ((pointed(document, gate, "vpc_id").first, part(gate)) for gate in document.of(kind))
    return {vpc: gate for vpc, gate in gates if vpc}


def joined(document: Document) -> dict[str, Part]:
    """Gateways attached by a resource of its own."""
    kind = "aws_internet_gateway_attachment"
    gates = ((pointed(document, gate, "vpc_id").first, part(gate)) for gate in document.of(kind))
    return {vpc: gate for vpc, gate in gates if vpc}


def read_subnets(document: Document, vpcs: dict[str, Vpc], problems: list[Problem]) -> dict[str, Subnet]:
    """Every subnet with the table and the ACL that hold for it."""
    tables, acls = table_of_subnets(document), acl_of_subnets(document)
    mains, defaults = main_tables(document), default_acls(document)
    found: dict[str, Subnet] = {}
    for subnet in document.of("aws_subnet"):
        home = pointed(document, subnet, "vpc_id")
        vpc = home.first or ""
        six = subnet.get("ipv6_cidr_block")
        there = blocks([subnet.get("cidr_block"), None if isinstance(six, Unknown) else six])
        problems += [Problem(part(subnet, "cidr_block"), f"{wrong!r} is no CIDR block") for wrong in there.wrong]
        own = tables.get(subnet.address)
        table = own[0] if own else mains.get(vpc, f"{vpc}/main-table")
        acl = acls.get(subnet.address, defaults.get(vpc))
        space = vpcs[vpc].addresses if vpc in vpcs else NOTHING
        cause = there.unknown or home.unknown or ("" if vpc in vpcs else f"its VPC {vpc} is not in the document")
        place = space if there.unknown else there.addresses
        if not place and not cause:
            cause = "its block is known after apply" if isinstance(six, Unknown) else "it has no CIDR block"
        found[subnet.address] = Subnet(subnet.address, part(subnet), vpc, place, table, acl, cause)
        if place and space and not place <= space:
            text = f"{', '.join(cidrs(place - space))} is outside the VPC's {', '.join(cidrs(space))}"
            problems.append(Problem(part(subnet, "cidr_block"), text))
    problems += overlaps(found)
    return found


def overlaps(subnets: dict[str, Subnet]) -> list[Problem]:
    """Subnets of one VPC that share addresses, which AWS refuses; found by sorting, not by trying all pairs."""
    spans = sorted(
        (subnet.vpc, low, high, subnet.id)
        for subnet in subnets.values()
        if not subnet.unknown
        for low, high in subnet.addresses.parts
    )
    found: list[Problem] = []
    widest: tuple[str, int, int, str] | None = None
    for span in spans:
        if widest and widest[0] == span[0] and span[1] <= widest[2]:
            text = f"{cidrs(subnets[span[3]].addresses)[0]} overlaps with {subnets[widest[3]].part.label}"
            found.append(Problem(subnets[span[3]].part.at("cidr_block"), text))
        if widest is None or widest[0] != span[0] or span[2] > widest[2]:
            widest = span
    return found


def read_nats(document: Document) -> dict[str, Nat]:
    """Every NAT gateway; a public one needs an address that internet hosts can answer to."""
    found: dict[str, Nat] = {}
    for nat in document.of("aws_nat_gateway"):
        kind = nat.get("connectivity_type", "public")
        public = None if isinstance(kind, Unknown) else kind == "public"
        found[nat.address] = Nat(nat.address, part(nat), pointed(document, nat, "subnet_id").first or "", public)
    return found


def read_links(document: Document) -> tuple[Link, ...]:
    """Peering connections, and pairs of attachments to one transit gateway."""
    found: list[Link] = []
    accepted = {
        one
        for accepter in document.of("aws_vpc_peering_connection_accepter")
        for one in pointed(document, accepter, "vpc_peering_connection_id").ids
    }
    for peering in document.of("aws_vpc_peering_connection"):
        ends = [pointed(document, peering, path).first or "" for path in ("vpc_id", "peer_vpc_id")]
        auto = truth(peering.get("auto_accept"), default=False)
        good = auto or peering.address in accepted
        broken = "" if good else "nobody accepts the peering connection"
        found.append(Link(peering.address, part(peering), "peering", frozenset(ends), broken=broken))
    return (*found, *transits(document))


def transits(document: Document) -> list[Link]:
    """Each pair of VPCs attached to one gateway; route tables of its own make the answer unknown."""
    found: list[Link] = []
    by_gateway: dict[str, list[Resource]] = {}
    for one in document.of("aws_ec2_transit_gateway_vpc_attachment"):
        by_gateway.setdefault(pointed(document, one, "transit_gateway_id").first or "", []).append(one)
    own_tables = document.of("aws_ec2_transit_gateway_route_table")
    for gateway, attachments in by_gateway.items():
        resource = document.resource(gateway)
        settings = [
            truth(one.get(name), default=True)
            for one in attachments
            for name in (
                "transit_gateway_default_route_table_association",
                "transit_gateway_default_route_table_propagation",
            )
        ]
        gates = [
            resource.get(name, "enable")
            for name in ("default_route_table_association", "default_route_table_propagation")
            if resource
        ]
        plain = resource and not own_tables and all(settings) and all(value == "enable" for value in gates)
        cause = "" if plain else "its route tables decide, and planproof does not follow them"
        for near, far in combinations(attachments, 2):
            ends = frozenset(pointed(document, one, "vpc_id").first or "" for one in (near, far))
            found.append(Link(gateway, part(near), "transit", ends, unknown=cause))
    return found
