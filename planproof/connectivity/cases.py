"""Every placement of both ends of a flow, with the stages between them and the packets that are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from planproof.connectivity.apis import lets
from planproof.connectivity.borders import by_gateway_endpoint, inward, outward
from planproof.connectivity.intent import AWS, INTERNET, Flow
from planproof.connectivity.intervals import IPV4, IPV6, Intervals, addresses
from planproof.connectivity.judgement import NOBODY, Side
from planproof.connectivity.packets import Box, Packets
from planproof.connectivity.path import Outside, Site, Stage, between, gate
from planproof.connectivity.topology import GATEWAY_PORTS, PUBLIC, Endpoint, Host, Placement, Topology

if TYPE_CHECKING:
    from collections.abc import Iterator


class Case(Struct, frozen=True):
    """One placement of both ends: the stages between them and the packets that are wanted."""

    stages: tuple[Stage, ...]
    wanted: Packets
    some: frozenset[Side] = NOBODY
    settled: frozenset[Side] = NOBODY


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
