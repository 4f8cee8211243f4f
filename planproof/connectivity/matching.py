"""Protocols, ports and blocks as rules write them, read as sets; what cannot be read is the widest set and a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.connectivity.intervals import ADDRESSES, NOTHING, Intervals, addresses
from planproof.connectivity.packets import PORTS, PROTOCOLS
from planproof.connectivity.pointing import plain
from planproof.document import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBERS: Final = {"tcp": 6, "udp": 17, "icmp": 1, "icmpv6": 58, "ipv6-icmp": 58, "esp": 50, "ah": 51, "gre": 47}
ICMP: Final = frozenset({1, 58})
WITH_PORTS: Final = frozenset({6, 17})
LAST: Final = 65_535
TYPES: Final = 256


class Match(Struct, frozen=True):
    """What a rule says of a packet but for its addresses."""

    protocol: Intervals
    ports: Intervals
    unknown: str = ""


class Blocks(Struct, frozen=True):
    """Addresses, what is not known of them, and what was no address at all."""

    addresses: Intervals
    unknown: str = ""
    wrong: tuple[str, ...] = ()


def match(protocol: Any, first: Any, last: Any, *, icmp: tuple[Any, Any] = (None, None)) -> Match:
    """Protocol and ports of a rule; `icmp` holds type and code where they are not in the ports."""
    protocol, first, last = plain(protocol), plain(first), plain(last)
    if isinstance(protocol, Unknown):
        return Match(PROTOCOLS, PORTS, protocol.cause)
    name = str(protocol if protocol is not None else "-1").lower()
    if name in {"-1", "all"}:
        return Match(PROTOCOLS, PORTS)
    number = NUMBERS.get(name, number_of(name))
    if number is None:
        return Match(PROTOCOLS, PORTS, f"protocol {name!r} is none that AWS knows")
    own = Intervals.one(number)
    if number in ICMP:
        kind, code = (icmp[0], icmp[1]) if icmp[0] is not None else (first, last)
        return Match(own, *types(plain(kind), plain(code)))
    return Match(own, *span(first, last)) if number in WITH_PORTS else Match(own, PORTS)


def span(first: Any, last: Any) -> tuple[Intervals, str]:
    """The ports between two ends; every port where there are no ends."""
    for end in (first, last):
        if isinstance(end, Unknown):
            return PORTS, end.cause
    low, high = number_of(first), number_of(last)
    if low is None or low < 0:
        return PORTS, ""
    high = low if high is None else high
    if low > high or high > LAST:
        return PORTS, f"ports {first} to {last} are no range"
    return Intervals.of((low, high)), ""


def types(kind: Any, code: Any) -> tuple[Intervals, str]:
    """ICMP type and code on the axis of ports."""
    for one in (kind, code):
        if isinstance(one, Unknown):
            return PORTS, one.cause
    number, exact = number_of(kind), number_of(code)
    if number is None or number < 0 or number >= TYPES:
        return PORTS, ""
    if exact is None or exact < 0:
        return Intervals.of((number * TYPES, number * TYPES + TYPES - 1)), ""
    return Intervals.one(number * TYPES + exact), ""


def number_of(value: Any) -> int | None:
    """A whole number, also when it is written as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    text = str(value).strip() if isinstance(value, str) else ""
    return int(text) if text.removeprefix("-").isdecimal() else None


def blocks(values: Iterable[Any]) -> Blocks:
    """CIDR blocks; a value that may be a list of them counts as its items."""
    found: list[tuple[int, int]] = []
    causes: list[str] = []
    wrong: list[str] = []
    for value in flat(values):
        if isinstance(value, Unknown):
            causes.append(value.cause)
            continue
        try:
            found += addresses(str(value)).parts
        except ValueError:
            wrong.append(str(value))
    cause = "; ".join(dict.fromkeys(causes))
    return Blocks(ADDRESSES if cause else Intervals.of(*found) if found else NOTHING, cause, tuple(wrong))


def flat(values: Iterable[Any]) -> Iterable[Any]:
    """Values and the items of lists among them, without what is absent."""
    for sealed in values:
        value = plain(sealed)
        if isinstance(value, list | tuple | set | frozenset):
            yield from flat(value)
        elif isinstance(value, Unknown) or not (value is None or value == ""):
            yield value


def truth(value: Any, *, default: bool) -> bool | None:
    """A boolean, also when it is written as text; None when it is not known."""
    value = plain(value)
    if isinstance(value, Unknown):
        return None
    if value is None:
        return default
    return value if isinstance(value, bool) else str(value).lower() == "true"


def known(value: Any) -> Any:
    """A literal, or None for what is unknown or absent."""
    value = plain(value)
    return None if isinstance(value, Unknown) else value
