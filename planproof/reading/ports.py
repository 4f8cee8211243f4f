"""Ports that must never face the internet, and how much of the internet a rule lets in.

One block of 0.0.0.0/0 and the two halves 0.0.0.0/1 and 128.0.0.0/1 let in the same world, so addresses are
counted, over all rules of a group together. The ports are those of AWS's control EC2.19 and of the stores and
consoles that speak without TLS or password by default.
Source: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.connectivity.intervals import IPV4, IPV6, Intervals, addresses
from planproof.connectivity.matching import blocks
from planproof.connectivity.packets import TCP, UDP
from planproof.connectivity.read_groups import MODERN, read_groups, separate
from planproof.connectivity.topology import Group
from planproof.iam.symbols import text_of

if TYPE_CHECKING:
    from planproof.connectivity.topology import GroupRule
    from planproof.document import Document, Resource

SENSITIVE: Final = (
    20, 21, 22, 23, 25, 110, 111, 135, 137, 138, 139, 143, 389, 445, 512, 513, 514, 636, 873, 1433, 1434, 1521,
    2049, 2375, 2376, 2379, 2380, 3000, 3306, 3389, 4333, 5000, 5432, 5439, 5500, 5601, 5671, 5672, 5900, 5984,
    5985, 5986, 6379, 6380, 6443, 7001, 8020, 8080, 8088, 8888, 9042, 9092, 9094, 9096, 9200, 9300, 10250, 11211,
    15672, 26379, 27017, 27018, 50070,
)  # fmt: skip
SENSITIVE_PORTS: Final = Intervals.of(*((port, port) for port in SENSITIVE))
WEB: Final = Intervals.of((80, 80), (443, 443))
ALL_PORTS: Final = Intervals(((0, 65_535),))
NUMBERED: Final = TCP | UDP
INTERNAL: Final = addresses(
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "224.0.0.0/3", "::/8", "fc00::/7", "fe80::/10", "ff00::/8",
)  # fmt: skip
WIDE_IPV4: Final = 2**24
WIDE_IPV6: Final = 2 ** (128 - 24)
"""More addresses than any one organisation has: a block of /8, in IPv6 the blocks that registries get."""

BESIDE: Final = ("aws_security_group_rule", *MODERN)
WRITTEN: Final = (
    "cidr_ipv4", "cidr_ipv6", "prefix_list_id", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids",
)  # fmt: skip


class Door(Struct, frozen=True):
    """One rule that takes part in letting the world to some ports."""

    rule: GroupRule
    ports: Intervals


def is_wide(peers: Intervals) -> bool:
    """Whether these are more public addresses than one organisation has."""
    public = peers - INTERNAL
    return _count(public & IPV4) >= WIDE_IPV4 or _count(public & IPV6) >= WIDE_IPV6


def _count(numbers: Intervals) -> int:
    return sum(high - low + 1 for low, high in numbers.parts)


def groups(document: Document) -> dict[str, Group]:
    """Every security group with all its rules, read once for all rules that ask."""
    return document.once(_groups)


def groups_of(part: Resource, document: Document) -> tuple[Group, ...]:
    """The group that a resource is; of the stack, those that are elsewhere and have rules here."""
    if part.type == "stack":
        return document.once(_elsewhere)
    known = groups(document).get(part.address)
    return () if known is None else (known,)


def _elsewhere(document: Document) -> tuple[Group, ...]:
    """The rules of groups that are not in the document, together where they name the same group."""
    here = {rule.part.address for group in groups(document).values() for rule in group.rules}
    if all(one.address in here for one in document.of(*BESIDE)):
        return ()
    found: dict[str, list[GroupRule]] = {}
    for _, rule in separate(document, []):
        beside = document.resource(rule.part.address)
        if beside is not None and beside.address not in here:
            name = text_of(beside.get("security_group_id"), document) or beside.address
            found.setdefault(name, []).append(rule)
    return tuple(Group(name, rules[0].part, None, tuple(rules)) for name, rules in found.items())


def _groups(document: Document) -> dict[str, Group]:
    return read_groups(document, [])


def doors(group: Group, ports: Intervals, *, egress: bool = False) -> list[Door]:
    """The rules of a group that let the world in (or out) on any of these ports.

    Rules that are too narrow alone count together; beside one that is wide they are not to blame.
    """
    touching = [
        rule
        for rule in group.rules
        if rule.egress == egress and rule.cidrs and rule.protocol & NUMBERED and rule.ports & ports
    ]
    parts = [rule for rule in touching if not is_wide(rule.cidrs)]
    together = _wide_together(parts, ports)
    return [
        Door(rule, rule.ports & ports)
        for rule in touching
        if is_wide(rule.cidrs) or (rule.cidrs - INTERNAL and any(port in rule.ports for port in together))
    ]


def _wide_together(rules: list[GroupRule], ports: Intervals) -> list[int]:
    """Of the ports at which a rule begins, those that all rules together open to the world.

    The most rules overlap where one of them begins, so no other port needs to be looked at.
    """
    starts = {low for rule in rules for low, _ in (rule.ports & ports).parts}
    return [
        port
        for port in sorted(starts)
        if is_wide(Intervals.of(*(part for rule in rules if port in rule.ports for part in rule.cidrs.parts)))
    ]


def place(resource: Resource, rule: GroupRule) -> str:
    """The attribute of a rule that names the world: the widest of those that are written."""
    prefix = f"{rule.part.path}." if rule.part.path else ""
    written = [name for name in WRITTEN if resource.get(prefix + name) is not None]
    for name in written:
        if is_wide(blocks([resource.get(prefix + name)]).addresses):
            return prefix + name
    return prefix + (written[0] if written else "from_port")


def named(ports: Intervals) -> str:
    """A few of the ports, for a message."""
    numbers = [port for port in SENSITIVE if port in ports]
    most = 5
    return ", ".join(map(str, numbers[:most])) + (" and others" if len(numbers) > most else "")
