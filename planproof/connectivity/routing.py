"""Where a subnet sends a packet: the longest prefix decides.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planproof.connectivity.filters import CACHE, CLOSED, Bounds
from planproof.connectivity.intervals import ADDRESSES, NOTHING, Intervals
from planproof.connectivity.packets import EVERYTHING, NONE, Box, Packets
from planproof.connectivity.topology import Route, RouteTable

if TYPE_CHECKING:
    from collections.abc import Callable

UNSURE: Final = frozenset({"appliance", "unknown"})


@lru_cache(maxsize=CACHE)
def decisions(table: RouteTable) -> tuple[tuple[Route | None, Intervals], ...]:
    """Every address with the route that wins for it; None where no route holds."""
    left = ADDRESSES
    found: list[tuple[Route | None, Intervals]] = []
    for route in sorted(table.routes, key=lambda route: -route.length):
        if won := route.destination & left:
            found.append((route, won))
            left -= won
    return (*found, (None, left)) if left else tuple(found)


def winner(table: RouteTable, address: int) -> Route | None:
    """The route that wins for one address."""
    return next(route for route, won in decisions(table) if address in won)


def toward(table: RouteTable | None, wanted: Callable[[Route], bool]) -> Bounds:
    """The packets whose destination this table sends where it is wanted."""
    if table is None:
        return CLOSED
    if table.unknown:
        return Bounds(NONE, EVERYTHING, f"{table.part.label}: {table.unknown}")
    sure, maybe = NOTHING, NOTHING
    causes: list[str] = []
    for route, won in decisions(table):
        if route is None:
            continue
        if route.unknown or route.kind in UNSURE:
            maybe |= won
            causes.append(f"{route.part.label}: {route.unknown or 'the route leads through an appliance'}")
        elif wanted(route):
            sure |= won
    certain = Packets.of(Box(destination=sure))
    whole = certain | Packets.of(Box(destination=maybe)) if maybe else certain
    return Bounds(certain, whole, "; ".join(causes))
