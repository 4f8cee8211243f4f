"""Network access lists: their rules in the order in which AWS asks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from planproof.document import Document, Resource
from planproof.reading.subnets import Block, block

EVERY_PORT: Final = (0, 65_535)
NAMES: Final = {"6": "tcp", "17": "udp", "1": "icmp", "all": "-1"}


class Entry(Struct, frozen=True):
    """One rule of a list; `path` leads to its number."""

    number: int
    action: str
    protocol: str
    cidr: Block
    ports: tuple[int, int]
    resource: Resource
    path: str


def entries(access_list: Resource, direction: str, document: Document) -> tuple[Entry, ...]:
    """The rules of one direction, inside the list and beside it, by number; those with unknown parts are left out."""
    found = [
        _entry(access_list, inside.at("rule_no"), inside.get, "rule_no", "action")
        for inside in access_list.blocks(direction)
    ]
    for one in document.referrers(access_list, "aws_network_acl_rule"):
        if one.get("egress", False) is (direction == "egress"):
            found.append(_entry(one, "rule_number", one.get, "rule_number", "rule_action"))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.number))


def _entry(resource: Resource, path: str, get: Callable[[str], Any], number: str, action: str) -> Entry | None:
    place, cidr = get(number), block(get("cidr_block") or get("ipv6_cidr_block"))
    protocol = str(get("protocol"))
    protocol = NAMES.get(protocol, protocol)
    first, last = get("from_port"), get("to_port")
    if not isinstance(place, int) or cidr is None:
        return None
    known = isinstance(first, int) and isinstance(last, int) and protocol != "-1"
    return Entry(place, str(get(action)), protocol, cidr, (first, last) if known else EVERY_PORT, resource, path)


def shadows(first: Entry, second: Entry) -> bool:
    """Whether everything the second would decide is decided by the first."""
    if first.protocol not in {"-1", second.protocol} or first.cidr.version != second.cidr.version:
        return False
    inside = int(first.cidr.network_address) <= int(second.cidr.network_address) and int(
        second.cidr.broadcast_address
    ) <= int(first.cidr.broadcast_address)
    return inside and first.ports[0] <= second.ports[0] and second.ports[1] <= first.ports[1]
