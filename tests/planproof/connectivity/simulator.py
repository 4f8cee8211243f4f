"""A packet simulator that shares no reasoning with the engine: it moves one packet at a time and keeps state.

It knows only concrete packets. A connection is open when the first packet arrives and its answer comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planproof.connectivity.packets import Packet
    from planproof.connectivity.topology import Acl, Host, Route, Subnet, Topology


@dataclass(frozen=True)
class Interface:
    """A host with the one address it has in this run."""

    host: Host
    subnet: Subnet
    address: int


class Dropped(Exception):  # noqa: N818 - it is the fate of a packet, not an error
    """The packet went no further."""


def group_lets(topology: Topology, own: Host, other: Host | None, packet: Packet, *, out: bool) -> bool:
    """Whether some rule of some group of `own` matches."""
    far = packet.destination if out else packet.source
    for name in own.groups:
        for rule in topology.groups[name].rules:
            if rule.egress is not out or packet.protocol not in rule.protocol:
                continue
            if packet.port not in rule.ports:
                continue
            if far in rule.cidrs:
                return True
            if other is not None and set(other.groups) & rule.groups:
                return True
    return False


def acl_lets(acl: Acl | None, packet: Packet, *, out: bool) -> bool:
    """The lowest number that matches decides; nothing that matches is a denial."""
    if acl is None:
        return True
    side = packet.destination if out else packet.source
    matching = [
        (entry.number, entry.allow)
        for entry in acl.entries
        if entry.egress is out
        and packet.protocol in entry.protocol
        and packet.port in entry.ports
        and side in entry.cidrs
    ]
    return min(matching)[1] if matching else False


def best_route(topology: Topology, subnet: Subnet, address: int) -> Route | None:
    """The route with the longest prefix."""
    routes = [r for r in topology.tables[subnet.table or ""].routes if address in r.destination]
    return max(routes, key=lambda route: route.length, default=None)


def cross(topology: Topology, subnet: Subnet, packet: Packet, *, out: bool) -> None:
    """Pass the edge of a subnet."""
    if not acl_lets(topology.acls.get(subnet.acl or ""), packet, out=out):
        raise Dropped


def carry(topology: Topology, packet: Packet, home: Subnet, away: Subnet) -> None:
    """Move a packet from one subnet to another, of this VPC or the peer's."""
    if home.id == away.id:
        return
    cross(topology, home, packet, out=True)
    route = best_route(topology, home, packet.destination)
    same = home.vpc == away.vpc
    if route is None or route.kind != ("local" if same else "peering"):
        raise Dropped
    if not same and not any(link.vpcs == {home.vpc, away.vpc} for link in topology.links):
        raise Dropped
    cross(topology, away, packet, out=False)


def inner(topology: Topology, near: Interface, far: Interface, packet: Packet) -> bool:
    """Between two hosts."""
    try:
        if not group_lets(topology, near.host, far.host, packet, out=True):
            return False
        carry(topology, packet, near.subnet, far.subnet)
        if not group_lets(topology, far.host, near.host, packet, out=False):
            return False
        carry(topology, packet.reply(), far.subnet, near.subnet)
    except Dropped:
        return False
    return True


def from_internet(topology: Topology, near: Interface, packet: Packet) -> bool:
    """From a public address to a host."""
    try:
        if topology.vpcs[near.subnet.vpc].gateway is None or near.host.public is not True:
            return False
        cross(topology, near.subnet, packet, out=False)
        if not group_lets(topology, near.host, None, packet, out=False):
            return False
        answer = packet.reply()
        cross(topology, near.subnet, answer, out=True)
        route = best_route(topology, near.subnet, answer.destination)
    except Dropped:
        return False
    return route is not None and route.kind == "internet"


def to_internet(topology: Topology, near: Interface, packet: Packet, nat_ports: Iterable[int]) -> bool:
    """From a host to a public address."""
    if not group_lets(topology, near.host, None, packet, out=True):
        return False
    try:
        cross(topology, near.subnet, packet, out=True)
        route = best_route(topology, near.subnet, packet.destination)
        if topology.vpcs[near.subnet.vpc].gateway is None or route is None:
            return False
        if route.kind == "nat":
            behind_nat(topology, near.subnet, packet, route.target, nat_ports)
        elif route.kind != "internet" or near.host.public is not True:
            return False
        cross(topology, near.subnet, packet.reply(), out=False)
    except Dropped:
        return False
    return True


def behind_nat(topology: Topology, home: Subnet, packet: Packet, name: str, ports: Iterable[int]) -> None:
    """Through a NAT gateway, which may have any address of its subnet and choose any of its ports."""
    nat = topology.nats[name]
    middle = topology.subnets[nat.subnet]
    if nat.public is not True:
        raise Dropped
    if middle.id != home.id:
        cross(topology, middle, packet, out=False)
    first, last = middle.addresses.lowest, middle.addresses.parts[-1][1]
    for port, source in product(ports, range(first, last + 1)):
        outer(topology, middle, replace(packet, source=source, source_port=port))
    if middle.id != home.id:
        cross(topology, middle, packet.reply(), out=True)
        back = best_route(topology, middle, packet.source)
        if back is None or back.kind != "local":
            raise Dropped


def outer(topology: Topology, middle: Subnet, packet: Packet) -> None:
    """What a NAT gateway sends, and the answer it gets."""
    cross(topology, middle, packet, out=True)
    route = best_route(topology, middle, packet.destination)
    if route is None or route.kind != "internet":
        raise Dropped
    cross(topology, middle, packet.reply(), out=False)
