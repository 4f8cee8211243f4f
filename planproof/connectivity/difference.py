"""Who reaches whom, in one document and not in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.connectivity.exposure import callers
from planproof.connectivity.intervals import Intervals
from planproof.connectivity.packets import described

if TYPE_CHECKING:
    from planproof.connectivity.topology import Topology

Doors = dict[tuple[str, str, int], Intervals]
ANYBODY: Final = "any address of "


class Change(Struct, frozen=True):
    """Ports that one end came to reach on the other, or no longer reaches."""

    gained: bool
    source: str
    destination: str
    service: str


def doors(topology: Topology) -> Doors:
    """Every pair of ends with the ports that are surely open between them, whatever the addresses are."""
    found: Doors = {}
    for host in topology.hosts.values():
        for caller in callers(topology, host):
            if caller.name.startswith(ANYBODY):
                continue
            for protocol, ports in caller.sure.services():
                key = (caller.name, host.name, protocol)
                found[key] = found.get(key, Intervals()) | ports
    return found


def difference(old: Topology, new: Topology) -> tuple[Change, ...]:
    """The flows gained and lost between two networks, by the names of their ends."""
    before, after = doors(old), doors(new)
    gathered: dict[tuple[bool, str, str], list[tuple[int, Intervals]]] = {}
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, Intervals()), after.get(key, Intervals())
        for gained, ports in ((True, now - was), (False, was - now)):
            if ports:
                gathered.setdefault((gained, key[0], key[1]), []).append((key[2], ports))
    return tuple(
        Change(gained, source, destination, described(tuple(services)))
        for (gained, source, destination), services in sorted(gathered.items())
    )
