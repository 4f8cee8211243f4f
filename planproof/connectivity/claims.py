"""Claims about flows, judged for every subnet that either end may be placed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from planproof.connectivity.apis import lets
from planproof.connectivity.borders import by_gateway_endpoint, inward, outward
from planproof.connectivity.intent import AWS, INTERNET, Flow
from planproof.connectivity.intervals import IPV4, IPV6, Intervals, addresses
from planproof.connectivity.judgement import NOBODY, Hop, Judgement, Side, Verdict, judge
from planproof.connectivity.packets import Box, Packets, described
from planproof.connectivity.path import Outside, Site, Stage, between, gate
from planproof.connectivity.reasons import Reason
from planproof.connectivity.topology import GATEWAY_PORTS, PUBLIC, Endpoint, Host, Part, Placement, Topology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.connectivity.packets import Packet

Claimed = Literal["flow", "denial", "exposure", "isolation", "network"]
NAMED: Final = frozenset({INTERNET})


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence about the network, its verdict, and what a reader needs to check it by hand.

    `part` is where the claim comes from; `reason` what decides when it does not hold; `hops` the way of `witness`.
    """

    kind: Claimed
    source: str
    destination: str
    service: str
    verdict: Verdict
    why: str
    part: Part
    cases: int = 0
    witness: Packet | None = None
    hops: tuple[Hop, ...] = ()
    stage: str = ""
    reason: Reason | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One placement of both ends: the stages between them and the packets that are wanted."""

    stages: tuple[Stage, ...]
    wanted: Packets
    some: frozenset[Side] = NOBODY
    settled: frozenset[Side] = NOBODY


def service_of(flow: Flow) -> str:
    """Protocol and ports of a flow in words."""
    return described(((flow.protocol, flow.ports),)) if flow.ports else "unknown port"


def prove(topology: Topology, flow: Flow) -> Claim:
    """Judge one intended flow."""
    claim = Claim("flow", flow.source, flow.destination, service_of(flow), Verdict.UNDECIDED, flow.why, flow.part)
    if flow.refuted:
        return replace(claim, verdict=Verdict.REFUTED, stage="container port", reason=flow.refuted)
    cause = flow.unknown or unplaced(topology, flow)
    if cause:
        return replace(claim, cause=cause)
    judged = [
        (case, judge(case.stages, case.wanted, some=case.some, settled=case.settled)) for case in cases(topology, flow)
    ]
    if not judged:
        return replace(claim, cause="the two ends have no address family in common")
    order = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.PROVEN)
    _, worst = min(judged, key=lambda pair: order.index(pair[1].verdict))
    return concluded(topology, flow, claim, worst, len(judged))


def concluded(topology: Topology, flow: Flow, claim: Claim, worst: Judgement, count: int) -> Claim:
    """The claim with the verdict of its worst placement."""
    reason = worst.reason
    service = flow.destination.removeprefix(AWS)
    if reason and flow.destination.startswith(AWS) and not any(e.service == service for e in topology.endpoints):
        text = f"the VPC has no endpoint for {service}, and {reason.text}"
        reason = Reason(reason.part, text, f"add an aws_vpc_endpoint for {service}, or {reason.change}")
    return replace(
        claim,
        verdict=worst.verdict,
        cases=count,
        witness=worst.witness,
        hops=worst.hops,
        stage=worst.stage,
        reason=reason,
        cause=worst.cause,
    )


def unplaced(topology: Topology, flow: Flow) -> str:
    """Why an end of a flow cannot be found in the network."""
    for name in (flow.source, flow.destination):
        if name in NAMED or name.startswith(AWS) or block(name) is not None:
            continue
        host = topology.hosts.get(name)
        if host is None:
            return f"{name} is not in the document"
        if host.unknown:
            return f"{host.part.label}: {host.unknown}"
        if not host.placements:
            return f"{host.part.label}: it names no subnet of the document"
    return ""


def block(name: str) -> Intervals | None:
    """The addresses of an end that is written as a CIDR block."""
    if "/" not in name:
        return None
    try:
        return addresses(name)
    except ValueError:
        return None


def cases(topology: Topology, flow: Flow) -> Iterator[Case]:
    """Every placement of both ends."""
    near, far = topology.hosts.get(flow.source), topology.hosts.get(flow.destination)
    if near and far:
        for one in sites(near):
            for other in sites(far):
                settled = frozenset(
                    side for side, host in ((Side.SOURCE, near), (Side.DESTINATION, far)) if host.settled
                )
                yield from case(flow, between(topology, one, other), one.placement, other.placement, near, settled)
    elif far:
        outside = outer(flow.source)
        everybody = Placement(flow.source, outside.addresses)
        some = frozenset({Side.SOURCE}) if flow.source == INTERNET else NOBODY
        settled = frozenset({Side.DESTINATION}) if far.settled else NOBODY
        for other in sites(far):
            stages = inward(topology, outside, other)
            yield from case(flow, stages, everybody, other.placement, None, settled, some)
    elif near:
        for one in sites(near):
            yield from from_host(topology, flow, one)


def sites(host: Host) -> Iterator[Site]:
    """A host in each of its subnets."""
    return (Site(host, placement) for placement in host.placements)


def outer(name: str) -> Outside:
    """What is meant by the internet or by a block."""
    there = block(name)
    return Outside(name, PUBLIC if there is None else there)


def from_host(topology: Topology, flow: Flow, near: Site) -> Iterator[Case]:
    """From a host to what is not a host."""
    settled = frozenset({Side.SOURCE}) if near.host.settled else NOBODY
    if flow.destination.startswith(AWS):
        yield from to_api(topology, flow, near, settled)
        return
    outside = outer(flow.destination)
    there = Placement(outside.name, outside.addresses)
    yield from case(flow, outward(topology, near, outside), near.placement, there, near.host, settled)


def to_api(topology: Topology, flow: Flow, near: Site, settled: frozenset[Side]) -> Iterator[Case]:
    """To an AWS API: by the interface endpoint its name resolves to, by a gateway endpoint, or over the internet."""
    service = flow.destination.removeprefix(AWS)
    home = topology.subnets[near.placement.subnet]
    outside = Outside(service, PUBLIC, frozenset({service}))
    here = [one for one in topology.endpoints if one.vpc == home.vpc and one.service == service]
    for endpoint in here:
        host = topology.hosts.get(endpoint.host)
        if host is not None and endpoint.private_dns is not False:
            answers = tuple(answered(topology, flow, endpoint, home.vpc))
            for far in sites(host):
                stages = (*answers, *between(topology, near, far), policy(flow, endpoint))
                yield from case(flow, stages, near.placement, far.placement, near.host, settled)
            if not host.placements:
                shut = host.unknown or "it has no subnet"
                lost = gate("endpoint", endpoint.part, "", is_open=None, shut=shut, change="")
                yield from case(flow, (lost,), near.placement, near.placement, near.host, settled)
            return
    unsure = settled | {Side.DESTINATION}
    there = Placement(service, outside.addresses)
    for endpoint in here:
        if endpoint.gateway and (
            home.table in endpoint.tables or endpoint.unknown or (len(here) == 1 and not goes_out(topology, near))
        ):
            stages = (*by_gateway_endpoint(topology, near, outside, endpoint), policy(flow, endpoint))
            yield from case(flow, stages, near.placement, there, near.host, unsure)
            return
    yield from case(flow, outward(topology, near, outside), near.placement, there, near.host, unsure)


def goes_out(topology: Topology, near: Site) -> bool:
    """Whether the subnet has any way to public addresses."""
    table = topology.tables.get(topology.subnets[near.placement.subnet].table or "")
    return table is None or any(route.kind in ("internet", "nat") for route in table.routes)


def answered(topology: Topology, flow: Flow, endpoint: Endpoint, vpc: str) -> Iterator[Stage]:
    """Whether the name of the API leads to the endpoint."""
    dns = topology.vpcs[vpc].dns if vpc in topology.vpcs else None
    state = False if dns is False else None if dns is None or endpoint.private_dns is None else True
    yield gate(
        f"private DNS of {flow.destination.removeprefix(AWS)}",
        topology.vpcs[vpc].part.at("enable_dns_hostnames") if vpc in topology.vpcs else endpoint.part,
        "the API's name leads to the endpoint",
        is_open=state,
        shut="the VPC does not answer private DNS names, so the API's name leads past the endpoint",
        change="set enable_dns_support and enable_dns_hostnames",
    )


def policy(flow: Flow, endpoint: Endpoint) -> Stage:
    """Whether the endpoint's policy lets the calls through."""
    answers = {ask: lets(endpoint.policy, ask) for ask in flow.asks}
    stuck = [ask for ask, answer in answers.items() if answer is False] or [a for a, b in answers.items() if b is None]
    state = None if stuck and answers[stuck[0]] is None else not stuck
    shown = ", ".join(f"{ask.action}{f' on {ask.resource}' if ask.resource else ''}" for ask in stuck)
    return gate(
        f"policy of the endpoint for {endpoint.service}",
        endpoint.part.at("policy"),
        "lets the calls through",
        is_open=state,
        shut=f"the endpoint's policy does not allow {shown}",
        change=f"allow {shown} in the endpoint's policy",
    )


def case(  # noqa: PLR0917 - both ends, what lies between, and what is claimed of them
    flow: Flow,
    stages: tuple[Stage, ...],
    near: Placement,
    far: Placement,
    caller: Host | None,
    settled: frozenset[Side],
    some: frozenset[Side] = NOBODY,
) -> Iterator[Case]:
    """The packets of a flow between two places: IPv4 if both have it, else IPv6."""
    ports = caller.ephemeral if caller else GATEWAY_PORTS
    for family in (IPV4, IPV6):
        sources, destinations = near.addresses & family, far.addresses & family
        if sources and destinations:
            box = Box(Intervals.one(flow.protocol), sources, ports, destinations, flow.ports)
            yield Case(stages, Packets.of(box), some, settled)
            return
