"""Negative proofs: for each protected host exactly who can reach it, and nobody beyond what is intended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from planproof.connectivity.admission import Admitted, admitted
from planproof.connectivity.borders import inward, remote
from planproof.connectivity.cases import sites
from planproof.connectivity.claims import Claim
from planproof.connectivity.intent import INTERNET, Flow
from planproof.connectivity.intervals import Intervals, cidrs
from planproof.connectivity.judgement import Verdict, passing, walked
from planproof.connectivity.packets import NONE, PROTOCOLS, Box, Packets, described
from planproof.connectivity.path import Outside, Site, Stage, between
from planproof.connectivity.reasons import Reason
from planproof.connectivity.topology import PUBLIC, Host, Part, Placement, Topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planproof.connectivity.filters import Bounds

PROTECTED: Final = frozenset({"database", "cache", "service", "database proxy", "broker", "search", "file system"})
ANY_PART: Final = Part("")


class Caller(Struct, frozen=True):
    """Somebody who can open connections to a host: the packets, and the stages they pass.

    `named` callers are hosts of the document; the others are whoever has such an address.
    """

    name: str
    named: bool
    sure: Packets
    possible: Packets
    cause: str
    stages: tuple[Stage, ...]

    @property
    def service(self) -> str:
        """What the caller reaches, in words."""
        return described((self.sure or self.possible).services())


def callers(topology: Topology, host: Host) -> tuple[Caller, ...]:
    """Everybody who reaches a host, exactly."""
    found: dict[str, list[tuple[Bounds, tuple[Stage, ...]]]] = {}
    let = admitted(topology, host)
    for far in sites(host):
        for name, stages, source in approaches(topology, host, far, let):
            wanted = Packets.of(
                Box(
                    protocol=Intervals.one(host.protocol) if host.managed else PROTOCOLS,
                    source=source,
                    destination=far.placement.addresses,
                    port=host.ports if host.managed and host.ports else Box().port,
                )
            )
            open_for = passing(stages, wanted)
            if open_for.possible:
                found.setdefault(name, []).append((open_for, stages))
    return tuple(caller(topology, name, found[name]) for name in sorted(found))


def caller(topology: Topology, name: str, ways: Sequence[tuple[Bounds, tuple[Stage, ...]]]) -> Caller:
    """One caller with all the ways it has to a host; explained by the first that is sure, if there is one."""
    possible = Packets.union(*(open_for.possible for open_for, _ in ways))
    certain = all(open_for.certain for open_for, _ in ways)
    sure = possible if certain else Packets.union(*(open_for.sure for open_for, _ in ways))
    cause = next((open_for.cause for open_for, _ in ways if open_for.cause), "")
    stages = next((stages for open_for, stages in ways if open_for.sure), ways[-1][1])
    return Caller(name, name in topology.hosts, sure, possible, cause, stages)


def approaches(
    topology: Topology, host: Host, far: Site, let: Admitted
) -> Iterator[tuple[str, tuple[Stage, ...], Intervals]]:
    """Whoever could send to a host in one subnet: named hosts first, then any address from anywhere."""
    for near in let.hosts:
        for one in sites(near) if near is not host else ():
            yield near.name, between(topology, one, far), one.placement.addresses
    home = topology.subnets[far.placement.subnet]
    for subnet in let.subnets:
        if subnet.vpc == home.vpc and subnet.addresses:
            anybody = Host(f"any address of {subnet.part.label}", "anybody", subnet.part, (), (), groupless=True)
            near_site = Site(anybody, Placement(subnet.id, subnet.addresses))
            yield anybody.name, between(topology, near_site, far), subnet.addresses
    if let.some(PUBLIC):
        yield INTERNET, inward(topology, Outside(INTERNET, PUBLIC), far), PUBLIC
    table = topology.tables.get(home.table or "")
    for route in table.routes if table else ():
        distant = route.kind in ("peering", "transit", "vpn") and not linked(topology, home.vpc, route.target)
        if distant and let.some(route.destination):
            place = Outside(f"{', '.join(cidrs(route.destination))} behind {route.target}", route.destination)
            yield place.name, remote(topology, place, far, route.target), route.destination


def linked(topology: Topology, vpc: str, target: str) -> bool:
    """Whether the other side of a link is in the document, so that its hosts are judged by name."""
    return any(
        link.id == target and any(other in topology.vpcs for other in link.vpcs - {vpc}) for link in topology.links
    )


def expose(topology: Topology, flows: Iterable[Flow]) -> Iterator[Claim]:
    """For each protected host: nobody reaches it but whom the flows intend, on the ports they intend.

    Who may reach a database may reach its replicas, which hold the same rows behind the same group.
    """
    intended: dict[str, list[Flow]] = {}
    for flow in flows:
        intended.setdefault(flow.destination, []).append(flow)
    names = {host.part.address: host.name for host in topology.hosts.values()}
    for host in topology.hosts.values():
        if host.kind in PROTECTED and host.placements:
            origin = names.get(host.copy_of, "")
            yield exposed(topology, host, [*intended.get(host.name, []), *intended.get(origin, [])])


def exposed(topology: Topology, host: Host, flows: list[Flow]) -> Claim:
    """The theorem about one host."""
    wanted: dict[str, Packets] = {}
    for flow in flows:
        box = Packets.of(Box(protocol=Intervals.one(flow.protocol), port=flow.ports))
        wanted[flow.source] = wanted.get(flow.source, NONE) | box
    homes = {place.subnet for name in wanted if name in topology.hosts for place in topology.hosts[name].placements}
    found = callers(topology, host)
    good = [c for c in found if c.sure and not beyond(c.sure, c, wanted, topology, homes)]
    sentence = told(topology, host, good, wanted)
    doubt: Claim | None = None
    for caller in found:
        cause = unread(topology, host, caller)
        sure = NONE if cause else caller.sure
        for packets, verdict in ((sure, Verdict.REFUTED), (caller.possible, Verdict.UNDECIDED)):
            extra = beyond(packets, caller, wanted, topology, homes)
            if not extra:
                continue
            claim = broken(host, replace(caller, cause=cause or caller.cause), extra, verdict, sentence)
            if verdict is Verdict.REFUTED:
                return claim
            doubt = doubt or claim
    proven = Claim("exposure", "anybody else", host.name, "", Verdict.PROVEN, sentence, host.part, len(found))
    return doubt or proven


def unread(topology: Topology, host: Host, caller: Caller) -> str:
    """Why it is not known whether a caller is told of a service: its name stands in a text that is not known.

    Of stores it is known, because they are told of by reference.
    """
    return topology.hosts[caller.name].untold if caller.named and host.kind == "service" else ""


def beyond(
    packets: Packets, caller: Caller, wanted: Mapping[str, Packets], topology: Topology, homes: set[str]
) -> Packets:
    """The packets nobody intended.

    A rule by address lets in every host of a subnet; where the subnet is one an intended caller lives in, what is
    intended for the caller is intended for the subnet.
    """
    intended = wanted.get(caller.name, NONE)
    if not caller.named:
        for subnet in homes:
            if caller.name == f"any address of {topology.subnets[subnet].part.label}":
                for name, box in wanted.items():
                    host = topology.hosts.get(name)
                    if host and any(place.subnet == subnet for place in host.placements):
                        intended |= box
    return packets - intended


def broken(host: Host, caller: Caller, extra: Packets, verdict: Verdict, sentence: str) -> Claim:
    """Somebody gets in who should not."""
    witness = extra.witness()
    hops = walked(caller.stages, witness)
    inside = [hop for hop in hops if hop.stage == f"security group of {host.name}, in"]
    where = inside[0].part if inside else host.part
    services = described(extra.services())
    text = f"{caller.name} reaches {host.name} on {services}, which nothing intends"
    change = f"close {where.address}, or declare the flow in planproof.yaml"
    cause = "" if verdict is Verdict.REFUTED else f"{text} may be true: {caller.cause}"
    reason = Reason(where, text, change) if verdict is Verdict.REFUTED else None
    return Claim(
        "exposure", caller.name, host.name, services, verdict, sentence, host.part, 1, witness, hops,
        inside[0].stage if inside else "", reason, cause,
    )  # fmt: skip


def told(topology: Topology, host: Host, good: list[Caller], wanted: Mapping[str, Packets]) -> str:
    """The theorem in words: `only payments (tcp 5432) reach database`."""
    named = [caller for caller in good if caller.named or caller.name in wanted]
    if not named:
        return f"nobody reaches {host.name}"
    where = sorted(
        {
            topology.subnets[place.subnet].part.label
            for caller in named
            if caller.name in topology.hosts
            for place in topology.hosts[caller.name].placements
        }
    )
    who = ", ".join(f"{caller.name} ({caller.service})" for caller in named)
    return f"only {who} reach {host.name}" + (f", from {', '.join(where)}" if where else "")
