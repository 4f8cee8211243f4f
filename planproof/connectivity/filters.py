"""What security groups and network ACLs let through, as packet sets with a lower and an upper bound.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.connectivity.intervals import ADDRESSES
from planproof.connectivity.packets import EVERYTHING, NONE, Box, Packet, Packets
from planproof.connectivity.topology import PUBLIC, Acl, AclEntry, Group, GroupRule

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE: Final = 16_384


class Bounds(Struct, frozen=True, eq=False, dict=True):
    """Packets that surely pass, packets that may pass, and why the two differ. Told apart by identity, for caches."""

    sure: Packets
    possible: Packets
    cause: str = ""

    @cached_property
    def reply(self) -> Bounds:
        """The same, said of the packets that are answered instead of the answers."""
        sure = self.sure.reply()
        return Bounds(sure, sure if self.certain else self.possible.reply(), self.cause)

    @property
    def certain(self) -> bool:
        """Whether nothing is unknown here."""
        return self.sure is self.possible


OPEN: Final = Bounds(EVERYTHING, EVERYTHING)
CLOSED: Final = Bounds(NONE, NONE)


class Peer(Struct, frozen=True):
    """The other end, as far as a security group can tell it: its groups, and the lists its addresses are in.

    An end that is in the list of one AWS service is not in that of another.
    """

    groups: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    unknown: str = ""


ANYBODY: Final = Peer()


def rule_box(rule: GroupRule, peer: Peer) -> Box:
    """The packets a rule lets through for this peer."""
    by_name = bool(rule.groups & peer.groups or rule.lists & peer.lists)
    return facing(rule, by_name=by_name)


def facing(rule: GroupRule, *, by_name: bool) -> Box:
    """The packets of a rule, with the peer on the side the rule looks at."""
    far = ADDRESSES if by_name else rule.cidrs
    if rule.egress:
        return Box(protocol=rule.protocol, destination=far, port=rule.ports)
    return Box(protocol=rule.protocol, source=far, port=rule.ports)


@lru_cache(maxsize=CACHE)
def groups_allow(groups: tuple[Group, ...], egress: bool, peer: Peer) -> Bounds:  # noqa: FBT001 - cached by position
    """What these groups together allow in one direction; one rule that allows is enough."""
    sure: list[Box] = []
    maybe: list[Box] = []
    causes: list[str] = []
    for rule in (rule for group in groups for rule in group.rules if rule.egress == egress):
        box = rule_box(rule, peer)
        if rule.unknown:
            causes.append(f"{rule.part.label}: {rule.unknown}")
            maybe.append(box)
            continue
        sure.append(box)
        if rule.groups and peer.unknown and not rule.groups & peer.groups:
            causes.append(peer.unknown)
            maybe.append(facing(rule, by_name=True))
        foreign = rule.lists - peer.lists
        if foreign and (not peer.lists or any(name.startswith("pl-") for name in foreign)):
            causes.append(f"{rule.part.label}: the addresses of {', '.join(sorted(rule.lists))} are AWS's to change")
            far = Box(destination=PUBLIC) if egress else Box(source=PUBLIC)
            maybe.append(facing(rule, by_name=True) & far)
    for group in groups:
        if group.unknown:
            causes.append(f"{group.part.label}: {group.unknown}")
            maybe.append(Box())
    certain = Packets.of(*sure)
    whole = certain | Packets.of(*maybe) if maybe else certain
    return Bounds(certain, whole, "; ".join(dict.fromkeys(causes)))


def entry_box(entry: AclEntry) -> Box:
    """The packets an entry is about."""
    if entry.egress:
        return Box(protocol=entry.protocol, destination=entry.cidrs, port=entry.ports)
    return Box(protocol=entry.protocol, source=entry.cidrs, port=entry.ports)


@lru_cache(maxsize=CACHE)
def acl_allows(acl: Acl, egress: bool) -> Bounds:  # noqa: FBT001 - cached by position
    """What a network ACL allows in one direction, each packet by itself."""
    if acl.unknown:
        return Bounds(NONE, EVERYTHING, f"{acl.part.label}: {acl.unknown}")
    sure, possible = NONE, NONE
    denied, surely_denied = NONE, NONE
    causes: list[str] = []
    for entry in ordered(acl, egress=egress):
        box = Packets.of(entry_box(entry))
        if entry.unknown:
            causes.append(f"{entry.part.label}: {entry.unknown}")
        if entry.allow:
            possible |= box - surely_denied
            sure = sure if entry.unknown else sure | (box - denied)
        else:
            denied |= box
            surely_denied = surely_denied if entry.unknown else surely_denied | box
    return Bounds(sure, possible if causes else sure, "; ".join(causes))


def ordered(acl: Acl, *, egress: bool) -> Iterator[AclEntry]:
    """The entries of one direction in the order AWS looks at them."""
    yield from sorted((e for e in acl.entries if e.egress == egress), key=lambda entry: entry.number)


def deciding(acl: Acl, packet: Packet, *, egress: bool) -> AclEntry | None:
    """The entry that decides over a packet; None when the final rule (*) denies it."""
    return next((e for e in ordered(acl, egress=egress) if packet in Packets.of(entry_box(e))), None)


def opening(groups: tuple[Group, ...], packet: Packet, peer: Peer, *, egress: bool) -> GroupRule | None:
    """The first rule that lets a packet through."""
    rules = (rule for group in groups for rule in group.rules if rule.egress == egress)
    return next((rule for rule in rules if packet in Packets.of(rule_box(rule, peer))), None)
