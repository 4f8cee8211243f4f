"""Why a packet passes a stage or does not: the rule that decides, and the change that would open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from planproof.connectivity.filters import Peer, deciding, entry_box, opening, ordered
from planproof.connectivity.intervals import IPV4, Intervals, address, cidrs
from planproof.connectivity.packets import NAMES, PORTS, PROTOCOLS, Packet, Packets
from planproof.connectivity.routing import winner
from planproof.connectivity.topology import Acl, AclEntry, Group, GroupRule, Part, RouteTable, Subnet

if TYPE_CHECKING:
    from collections.abc import Iterable

WITH_PORTS = (6, 17)


class Reason(Struct, frozen=True):
    """What decides over a packet, in words; `change` says what would let it pass."""

    part: Part
    text: str
    change: str = ""


def service(packet: Packet) -> str:
    """Protocol and port of a packet: `tcp 5432`."""
    name = NAMES.get(packet.protocol, f"protocol {packet.protocol}")
    return f"{name} {packet.port}" if packet.protocol in WITH_PORTS else name


def opened(protocol: Intervals, ports: Intervals) -> str:
    """What a rule opens: `tcp 5432`."""
    if protocol == PROTOCOLS:
        return "all traffic"
    names = ", ".join(NAMES.get(low, f"protocol {low}") for low, _ in protocol.parts)
    return f"{names} {'all ports' if ports == PORTS else ports}"


def peers(rule: GroupRule) -> str:
    """Whom a rule is about."""
    blocks = cidrs(rule.cidrs)
    shown = [*sorted(rule.groups), *sorted(rule.lists), *blocks[:3], *(["..."] if blocks[3:] else [])]
    return ", ".join(shown) or "nobody"


def group_reason(
    groups: tuple[Group, ...], packet: Packet, peer: Peer, *, egress: bool, owner: Part, far: str
) -> Reason:
    """Which rule of a host's security groups lets a packet through, or what is missing."""
    way = "egress" if egress else "ingress"
    if found := opening(groups, packet, peer, egress=egress):
        return Reason(found.part, f"opens {opened(found.protocol, found.ports)} to {peers(found)}")
    verb = f"{'to' if egress else 'from'} {far}"
    wish = ", ".join(sorted(peer.groups)) or far
    if not groups:
        return Reason(owner, "has no security group in the document", f"give it a group that allows {service(packet)}")
    rules = [rule for group in groups for rule in group.rules if rule.egress == egress]
    wrong_port = next((r for r in rules if names(r, packet, peer) and packet.protocol in r.protocol), None)
    if wrong_port:
        text = f"opens {opened(wrong_port.protocol, wrong_port.ports)} {verb}, not {service(packet)}"
        return Reason(wrong_port.part.at("from_port"), text, f"open port {packet.port} in {wrong_port.part.address}")
    tight = [r for r in rules if packet.protocol in r.protocol and packet.port in r.ports and r.ports != PORTS]
    if tight:
        text = f"opens {service(packet)} to {peers(tight[0])} only, and {far} is none of them"
        return Reason(tight[0].part, text, f"name {wish} in an {way} rule for {service(packet)}")
    text = f"no {way} rule opens {service(packet)} {verb}"
    where = groups[0].part.at(way)
    return Reason(where, text, f"add an {way} rule to {groups[0].id} for {service(packet)} {verb} ({wish})")


def names(rule: GroupRule, packet: Packet, peer: Peer) -> bool:
    """Whether a rule is about this peer and not about everybody."""
    if rule.groups & peer.groups or rule.lists & peer.lists:
        return True
    far = packet.destination if rule.egress else packet.source
    return far in rule.cidrs and not rule.cidrs >= IPV4


def acl_reason(acl: Acl | None, packet: Packet, *, egress: bool, subnet: Subnet) -> Reason:
    """Which entry of a network ACL decides over a packet."""
    way = "egress" if egress else "ingress"
    if acl is None:
        return Reason(subnet.part, "the default network ACL of AWS allows all traffic")
    found = deciding(acl, packet, egress=egress)
    if found is None:
        numbers = [entry.number for entry in ordered(acl, egress=egress)]
        text = f"no {way} rule allows {service(packet)}, so the final rule (*) denies it"
        near = close(ordered(acl, egress=egress), packet)
        if near is not None:
            text += f"; rule {near.number} ends at {opened(near.protocol, near.ports)}"
        number = max(numbers, default=90) + 10
        side = packet.destination if egress else packet.source
        change = f"add {way} rule {number} that allows {service(packet)} for {address(side)}"
        return Reason((near.part if near else acl.part.at(way)), text, change)
    if found.allow:
        return Reason(found.part, f"rule {found.number} allows {opened(found.protocol, found.ports)}")
    later = shadowed(ordered(acl, egress=egress), packet, found.number)
    text = f"rule {found.number} denies {opened(found.protocol, found.ports)} for {', '.join(cidrs(found.cidrs)[:3])}"
    if later is None:
        return Reason(found.part, text, f"allow {service(packet)} in a {way} rule below number {found.number}")
    text += f", and shadows rule {later.number}, which would allow it"
    return Reason(found.part, text, f"give rule {later.number} a number below {found.number}, or remove the denial")


def close(entries: Iterable[AclEntry], packet: Packet) -> AclEntry | None:
    """An entry that allows the same protocol to the same addresses, on other ports."""
    for entry in entries:
        side = packet.destination if entry.egress else packet.source
        if entry.allow and packet.protocol in entry.protocol and side in entry.cidrs:
            return entry
    return None


def shadowed(entries: Iterable[AclEntry], packet: Packet, number: int) -> AclEntry | None:
    """The entry that would have allowed a packet if an earlier one had not denied it."""
    later = (entry for entry in entries if entry.number > number and entry.allow)
    return next((entry for entry in later if packet in Packets.of(entry_box(entry))), None)


def route_reason(table: RouteTable | None, packet: Packet, subnet: Subnet, wanted: str, *, ok: bool) -> Reason:
    """Where the route table of a subnet sends a packet."""
    if table is None:
        text = "its route table is not in the document"
        return Reason(subnet.part, text, f"associate a route table with a route to {wanted}")
    route = winner(table, packet.destination)
    goal = address(packet.destination)
    if route is None:
        text = f"no route of {subnet.part.label} leads to {goal}"
        return Reason(table.part.at("route"), text, f"add a route to {wanted} in {table.id}")
    if ok:
        return Reason(route.part, f"{cidrs(route.destination)[0]} leads to {route.target or route.kind}")
    text = f"the route for {cidrs(route.destination)[0]} leads to {route.target or route.kind}, not to {wanted}"
    return Reason(route.part, text, f"send {goal} to {wanted}")
