"""The stages between two hosts, in the order a packet meets them, there and back.

A security group remembers the connection, so answers pass it; a network ACL does not, so answers meet it again.
Neither looks at traffic that stays in one subnet, except the group. Source:
https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from planproof.connectivity.filters import CACHE, CLOSED, OPEN, Bounds, Peer, acl_allows, groups_allow
from planproof.connectivity.packets import EVERYTHING, NONE, Packet
from planproof.connectivity.reasons import Reason, acl_reason, group_reason, route_reason
from planproof.connectivity.routing import toward, winner
from planproof.connectivity.topology import Group, Host, Link, Part, Placement, Route, RouteTable, Subnet, Topology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planproof.connectivity.intervals import Intervals


class Site(Struct, frozen=True):
    """A host in one of the subnets it may be placed in."""

    host: Host
    placement: Placement


class Outside(Struct, frozen=True):
    """Addresses that are no host of the document: the internet, a network beyond a link, an AWS service."""

    name: str
    addresses: Intervals
    lists: frozenset[str] = frozenset()


class Stage(Struct, frozen=True, eq=False):
    """One thing a packet meets. `why` explains its decision over one packet."""

    name: str
    allows: Bounds
    why: Callable[[Packet], Reason]
    answer: bool = False


def stage(name: str, allows: Bounds, why: Callable[[Packet], Reason], *, answer: bool = False) -> Stage:
    """A stage said in terms of the packet that opens the connection, also where the answer is judged."""
    if not answer:
        return Stage(name, allows, why)
    return Stage(f"answer: {name}", allows.reply, lambda packet: why(packet.reply()), answer=True)


def gate(name: str, part: Part, text: str, *, is_open: bool | None, shut: str, change: str) -> Stage:
    """A stage that is open, shut or unknown for every packet alike."""
    allows = OPEN if is_open else CLOSED if is_open is False else Bounds(NONE, EVERYTHING, f"{part.label}: {shut}")
    reason = Reason(part, text) if is_open else Reason(part, shut, change)
    return Stage(name, allows, lambda _: reason)


def groups_of(topology: Topology, host: Host) -> tuple[Group, ...]:
    """The security groups of a host that are in the document."""
    return tuple(topology.groups[group] for group in host.groups if group in topology.groups)


def group_stage(topology: Topology, host: Host, peer: Peer, far: str, *, egress: bool) -> Stage:
    """The security groups of one host, looking at the other end."""
    groups = groups_of(topology, host)
    allows = OPEN if host.groupless else groups_allow(groups, egress, peer)
    absent = [one for one in host.groups if one not in topology.groups]
    if absent:
        cause = f"{host.part.label}: {', '.join(absent)} is not in the document"
        allows = Bounds(allows.sure, EVERYTHING, cause)
    if host.groups_unknown:
        allows = Bounds(NONE, EVERYTHING, f"{host.part.label}: {host.groups_unknown}")

    def why(packet: Packet) -> Reason:
        return group_reason(groups, packet, peer, egress=egress, owner=host.part, far=far)

    return stage(f"security group of {host.name}, {'out' if egress else 'in'}", allows, why)


@lru_cache(maxsize=CACHE)
def facing(topology: Topology, host: Host, other: Host, *, egress: bool) -> Stage:
    """The security groups of one host, looking at another in the same VPC."""
    return group_stage(topology, host, peer_of(other), other.name, egress=egress)


def acl_stage(topology: Topology, subnet: Subnet, *, egress: bool, answer: bool = False) -> Stage:
    """The network ACL at the edge of a subnet."""
    return _acl_stage(topology, subnet.id, egress, answer)


@lru_cache(maxsize=CACHE)
def _acl_stage(topology: Topology, subnet_id: str, egress: bool, answer: bool) -> Stage:  # noqa: FBT001 - cached by position
    subnet = topology.subnets[subnet_id]
    acl = topology.acls.get(subnet.acl or "")
    if subnet.acl and acl is None:
        allows = Bounds(NONE, EVERYTHING, f"{subnet.part.label}: network ACL {subnet.acl} is not in the document")
    else:
        allows = OPEN if acl is None else acl_allows(acl, egress)
    name = f"network ACL of {subnet.part.label}, {'out' if egress else 'in'}"
    return stage(name, allows, lambda p: acl_reason(acl, p, egress=egress, subnet=subnet), answer=answer)


def route_stage(
    topology: Topology, subnet: Subnet, wanted: Callable[[Route], bool], goal: str, *, answer: bool = False
) -> Stage:
    """The route table of a subnet."""
    table = topology.tables.get(subnet.table or "")
    allows = inside(table) if wanted is is_local else toward(table, wanted)
    if table is None:
        cause = subnet.unknown or "its route table is not in the document"
        allows = Bounds(NONE, EVERYTHING, f"{subnet.part.label}: {cause}")

    def why(packet: Packet) -> Reason:
        route = winner(table, packet.destination) if table else None
        good = route is not None and wanted(route)
        return route_reason(table, packet, subnet, goal, ok=good)

    return stage(f"route of {subnet.part.label}", allows, why, answer=answer)


def is_local(route: Route) -> bool:
    """Whether a route stays in the VPC."""
    return route.kind == "local"


@lru_cache(maxsize=CACHE)
def inside(table: RouteTable | None) -> Bounds:
    """The packets that a table keeps in the VPC."""
    return toward(table, is_local)


def peer_of(host: Host, *, known: bool = True) -> Peer:
    """A host as the security group of another sees it; across some links its groups do not show."""
    return Peer(frozenset(host.groups), unknown=host.groups_unknown) if known else Peer()


def between(topology: Topology, near: Site, far: Site) -> tuple[Stage, ...]:
    """From one host of the document to another, in one VPC or across a link."""
    home, away = topology.subnets[near.placement.subnet], topology.subnets[far.placement.subnet]
    if home.vpc == away.vpc:
        return tuple(local(topology, near, far, home, away))
    links = [link for link in topology.links if link.vpcs == {home.vpc, away.vpc}]
    if not links:
        text = "no peering connection or transit gateway joins the two VPCs"
        return (
            gate(
                "link between VPCs",
                home.part,
                "",
                is_open=False,
                shut=text,
                change=f"peer {home.vpc} with {away.vpc}",
            ),
        )
    return tuple(linked(topology, near, far, links))


def local(topology: Topology, near: Site, far: Site, home: Subnet, away: Subnet) -> Iterator[Stage]:
    """Within one VPC: groups always, ACLs and routes only between subnets."""
    same = home.id == away.id
    yield facing(topology, near.host, far.host, egress=True)
    if not same:
        yield acl_stage(topology, home, egress=True)
        yield route_stage(topology, home, is_local, f"the VPC ({far.host.name})")
        yield acl_stage(topology, away, egress=False)
    yield facing(topology, far.host, near.host, egress=False)
    if not same:
        yield acl_stage(topology, away, egress=True, answer=True)
        yield route_stage(topology, away, is_local, f"the VPC ({near.host.name})", answer=True)
        yield acl_stage(topology, home, egress=False, answer=True)


def linked(topology: Topology, near: Site, far: Site, links: list[Link]) -> Iterator[Stage]:
    """Across a peering connection or a transit gateway; both sides need a route.

    A group of the other VPC can be named across a peering connection; whether a transit gateway shows groups is
    a setting of both attachments, so there a rule by group counts for nothing that is sure.
    """
    home, away = topology.subnets[near.placement.subnet], topology.subnets[far.placement.subnet]
    targets = {link.id for link in links}

    def across(route: Route) -> bool:
        return route.kind in ("peering", "transit") and route.target in targets

    peering = all(link.kind == "peering" for link in links)
    hidden = "" if peering else "whether the transit gateway lets groups be referenced is not in the document"
    names = " or ".join(sorted(targets))
    out = Peer(frozenset(far.host.groups)) if peering else Peer(unknown=hidden)
    back = Peer(frozenset(near.host.groups)) if peering else Peer(unknown=hidden)
    yield group_stage(topology, near.host, out, far.host.name, egress=True)
    yield acl_stage(topology, home, egress=True)
    yield route_stage(topology, home, across, names)
    for link in links:
        state = False if link.broken else None if link.unknown else True
        text = link.broken or link.unknown
        change = f"accept or complete {link.id}"
        yield gate(f"link {link.id}", link.part, "joins the two VPCs", is_open=state, shut=text, change=change)
    yield acl_stage(topology, away, egress=False)
    yield group_stage(topology, far.host, back, near.host.name, egress=False)
    yield acl_stage(topology, away, egress=True, answer=True)
    yield route_stage(topology, away, across, names, answer=True)
    yield acl_stage(topology, home, egress=False, answer=True)
