"""Network access lists: their rules in the order in which AWS asks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec import Struct

from planproof.document import Document, Resource, Unknown
from planproof.reading.subnets import Block, block
from planproof.rule import Undecided

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


class _Written(Struct, frozen=True):
    """One rule as it stands inside a list or beside it."""

    resource: Resource
    path: str
    get: Callable[[str], Any]
    number: str
    action: str

    @property
    def unknown(self) -> Unknown | None:
        """The first of its parts that is not known."""
        parts = (self.number, self.action, "protocol", "from_port", "to_port", "cidr_block", "ipv6_cidr_block")
        return next((value for part in parts if isinstance(value := self.get(part), Unknown)), None)


def entries(access_list: Resource, direction: str, document: Document) -> tuple[Entry, ...]:
    """The rules of one direction, inside the list and beside it, by number; those with unknown parts are left out."""
    found = (_entry(one) for one in _written(access_list, direction, document) if one.unknown is None)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.number))


def hidden(access_list: Resource, direction: str, document: Document) -> Iterator[Undecided]:
    """A doubt about each rule with an unknown part that stands among others."""
    written = tuple(_written(access_list, direction, document))
    for one in written if len(written) > 1 else ():
        if one.unknown is not None:
            yield Undecided(one.path, one.unknown.cause, one.resource)


def numbers(access_list: Resource, direction: str, document: Document) -> Iterator[tuple[Resource, str, Any]]:
    """The number of each rule, known or not, and where it stands."""
    for one in _written(access_list, direction, document):
        yield one.resource, one.path, one.get(one.number)


def _written(access_list: Resource, direction: str, document: Document) -> Iterator[_Written]:
    for inside in access_list.blocks(direction):
        yield _Written(access_list, inside.at("rule_no"), inside.get, "rule_no", "action")
    for one in document.referrers(access_list, "aws_network_acl_rule"):
        if one.get("egress", False) is (direction == "egress"):
            yield _Written(one, "rule_number", one.get, "rule_number", "rule_action")


def _entry(written: _Written) -> Entry | None:
    resource, path, get, number, action = (written.resource, written.path, written.get, written.number, written.action)
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
