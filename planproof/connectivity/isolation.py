"""The tier of databases and caches has no route to the internet, neither in nor out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.connectivity.claims import Claim
from planproof.connectivity.intent import INTERNET
from planproof.connectivity.judgement import Verdict
from planproof.connectivity.reasons import Reason
from planproof.connectivity.routing import decisions
from planproof.connectivity.topology import PUBLIC, Host, Route, Subnet, Topology

if TYPE_CHECKING:
    from collections.abc import Iterator

ISOLATED: Final = frozenset({"database", "cache", "database proxy"})


def isolate(topology: Topology) -> Iterator[Claim]:
    """For each store: no subnet it may be placed in has a route to the internet."""
    shared = frozenset(
        place.subnet for host in topology.hosts.values() if host.kind not in ISOLATED for place in host.placements
    ) | {nat.subnet for nat in topology.nats.values()}
    for host in topology.hosts.values():
        if host.kind in ISOLATED and host.placements:
            yield isolated(topology, host, shared)


def isolated(topology: Topology, host: Host, shared: frozenset[str]) -> Claim:
    """The theorem about one store."""
    why = f"no subnet of {host.name} has a route to the internet"
    for place in host.placements:
        subnet = topology.subnets[place.subnet]
        table = topology.tables.get(subnet.table or "")
        if table is None or table.unknown:
            cause = f"{subnet.part.label}: {table.unknown if table else 'its route table is not in the document'}"
            return Claim("isolation", host.name, INTERNET, "", Verdict.UNDECIDED, why, host.part, cause=cause)
        for route, won in decisions(table):
            if route and route.kind in ("internet", "nat", "egress-only") and won & PUBLIC:
                reason = blamed(host, subnet, route, shared)
                stage = f"route of {subnet.part.label}"
                return Claim(
                    "isolation", host.name, INTERNET, "", Verdict.REFUTED, why, host.part, stage=stage, reason=reason
                )
    return Claim("isolation", host.name, INTERNET, "", Verdict.PROVEN, why, host.part, len(host.placements))


def blamed(host: Host, subnet: Subnet, route: Route, shared: frozenset[str]) -> Reason:
    """The route, or the choice of a subnet that others use with reason."""
    text = f"{subnet.part.label} routes to {route.target}"
    if subnet.id in shared:
        return Reason(
            host.part,
            f"{host.name} may be placed in {subnet.part.label}, which routes to {route.target}",
            f"take {subnet.id} out of the subnets of {host.part.address}",
        )
    return Reason(route.part, text, f"remove {route.part.address}")
