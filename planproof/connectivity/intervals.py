"""Sets of whole numbers, held as sorted intervals: ports, protocols and addresses are all such sets.

IPv4 and IPv6 share one axis: an IPv4 address is its number, an IPv6 address its number above all of IPv4.
So one set can hold both families, and no family is ever mistaken for the other.
"""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
    summarize_address_range,
)
from typing import Final

from msgspec import Struct

IPV4_SIZE: Final = 2**32
IPV6_SIZE: Final = 2**128


class Intervals(Struct, frozen=True):
    """A set of whole numbers: disjoint, sorted, inclusive intervals with a gap between any two."""

    parts: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def of(*pairs: tuple[int, int]) -> Intervals:
        """Any intervals, in any order, overlapping or not, as the set they make together."""
        merged: list[tuple[int, int]] = []
        for low, high in sorted(pair for pair in pairs if pair[0] <= pair[1]):
            if merged and low <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
            else:
                merged.append((low, high))
        return Intervals(tuple(merged))

    @staticmethod
    def one(number: int) -> Intervals:
        """The set of a single number."""
        return Intervals(((number, number),))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __contains__(self, number: int) -> bool:
        return any(low <= number <= high for low, high in self.parts)

    def __or__(self, other: Intervals) -> Intervals:
        return Intervals.of(*self.parts, *other.parts)

    def __and__(self, other: Intervals) -> Intervals:
        """The numbers of both: this very set when it lies inside the other."""
        parts, others = self.parts, other.parts
        if parts is others:
            return self
        if len(parts) == 1 == len(others):
            (low, high), (bottom, top) = parts[0], others[0]
            if bottom <= low and high <= top:
                return self
            if top < low or high < bottom:
                return NOTHING
            return Intervals(((max(low, bottom), min(high, top)),))
        found: list[tuple[int, int]] = []
        mine, theirs = 0, 0
        while mine < len(self.parts) and theirs < len(other.parts):
            low = max(self.parts[mine][0], other.parts[theirs][0])
            high = min(self.parts[mine][1], other.parts[theirs][1])
            if low <= high:
                found.append((low, high))
            if self.parts[mine][1] < other.parts[theirs][1]:
                mine += 1
            else:
                theirs += 1
        shared = tuple(found)
        return self if shared == self.parts else Intervals(shared)

    def __sub__(self, other: Intervals) -> Intervals:
        found: list[tuple[int, int]] = []
        cuts = other.parts
        first = 0
        for whole_low, high in self.parts:
            low = whole_low
            while first < len(cuts) and cuts[first][1] < low:
                first += 1
            cut = first
            while cut < len(cuts) and cuts[cut][0] <= high:
                if cuts[cut][0] > low:
                    found.append((low, cuts[cut][0] - 1))
                low = max(low, cuts[cut][1] + 1)
                cut += 1
            if low <= high:
                found.append((low, high))
        return Intervals(tuple(found))

    def __le__(self, other: Intervals) -> bool:
        if self is other:
            return True
        if len(self.parts) == 1 == len(other.parts):
            (low, high), (bottom, top) = self.parts[0], other.parts[0]
            return bottom <= low and high <= top
        return self.parts == other.parts or not self - other

    @property
    def lowest(self) -> int:
        """The smallest number; the set must not be empty."""
        return self.parts[0][0]

    def __str__(self) -> str:
        return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in self.parts)


NOTHING: Final = Intervals()
IPV4: Final = Intervals(((0, IPV4_SIZE - 1),))
IPV6: Final = Intervals(((IPV4_SIZE, IPV4_SIZE + IPV6_SIZE - 1),))
ADDRESSES: Final = IPV4 | IPV6


def network_interval(network: IPv4Network | IPv6Network) -> tuple[int, int]:
    """First and last address of a network on the common axis."""
    shift = 0 if isinstance(network, IPv4Network) else IPV4_SIZE
    return int(network.network_address) + shift, int(network.broadcast_address) + shift


def addresses(*cidrs: str) -> Intervals:
    """The addresses of these CIDR blocks; raises ValueError for a block that is none.

    Host bits are dropped, as AWS does: 10.0.0.5/16 means 10.0.0.0/16.
    """
    return Intervals.of(*(network_interval(ip_network(cidr, strict=False)) for cidr in cidrs))


def address(number: int) -> str:
    """An address of the common axis as people write it."""
    return str(IPv4Address(number)) if number < IPV4_SIZE else str(IPv6Address(number - IPV4_SIZE))


def cidrs(numbers: Intervals) -> tuple[str, ...]:
    """The shortest list of CIDR blocks that holds exactly these addresses."""
    found: list[str] = []
    for low, high in (numbers & IPV4).parts:
        found += map(str, summarize_address_range(IPv4Address(low), IPv4Address(high)))
    for low, high in (numbers & IPV6).parts:
        first, last = IPv6Address(low - IPV4_SIZE), IPv6Address(high - IPV4_SIZE)
        found += map(str, summarize_address_range(first, last))
    return tuple(found)
