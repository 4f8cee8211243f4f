"""The engine and a brute-force simulator agree on every class of packets of random small networks."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planproof.connectivity.borders import inward, outward
from planproof.connectivity.judgement import passing
from planproof.connectivity.packets import SAME_FAMILY, Box, Packet, Packets
from planproof.connectivity.path import Outside, Site, Stage, between
from planproof.connectivity.topology import GATEWAY_PORTS, PUBLIC, Acl, Group, Topology

from .simulator import Interface, from_internet, inner, to_internet
from .worlds import world

if TYPE_CHECKING:
    from planproof.connectivity.intervals import Intervals

PROTOCOLS = (6, 17, 50)
INTERNET = Outside("internet", PUBLIC)


def edges(allowed: Intervals, *cuts: Intervals) -> list[int]:
    """One number of each class the cuts make inside `allowed`: all numbers between two cuts behave alike."""
    starts = {low for low, _ in allowed.parts}
    for cut in cuts:
        starts |= {point for low, high in cut.parts for point in (low, high + 1) if point in allowed}
    return sorted(starts)


def cuts(topology: Topology) -> tuple[list[Intervals], list[Intervals]]:
    """Every set of addresses and every set of ports that anything in the network looks at."""
    places = [r.destination for t in topology.tables.values() for r in t.routes]
    ports: list[Intervals] = [GATEWAY_PORTS]
    for rule in (rule for group in topology.groups.values() for rule in group.rules):
        places.append(rule.cidrs)
        ports.append(rule.ports)
    for entry in (entry for acl in topology.acls.values() for entry in acl.entries):
        places.append(entry.cidrs)
        ports.append(entry.ports)
    for subnet in topology.subnets.values():
        places.append(subnet.addresses)
    return places, ports


def classes(topology: Topology, sources: Intervals, destinations: Intervals) -> list[Packet]:
    """A packet of each class between these addresses."""
    places, ports = cuts(topology)
    everything = Box().port
    numbers = edges(everything, *ports)
    return [
        Packet(*fields)
        for fields in product(PROTOCOLS, edges(sources, *places), numbers, edges(destinations, *places), numbers)
    ]


def agree(stages: tuple[Stage, ...], packets: list[Packet], simulated: list[bool]) -> None:
    """What the engine lets pass is what the simulator saw arrive, and both bounds are the same."""
    bounds = passing(stages)
    wrong = [str(p) for p, seen in zip(packets, simulated, strict=True) if (p in bounds.possible) != seen]

    assert not wrong, f"{len(wrong)} of {len(packets)} classes differ: {wrong[:3]}"
    assert bounds.sure.same_as(bounds.possible)


def each_pair(topology: Topology, random: Random) -> None:
    """Compare one pair of hosts, and one host with the internet both ways."""
    hosts = [topology.hosts[name] for name in random.sample(sorted(topology.hosts), 2)]
    near, far = (Site(host, host.placements[0]) for host in hosts)
    homes = [topology.subnets[site.placement.subnet] for site in (near, far)]
    packets = classes(topology, near.placement.addresses, far.placement.addresses)
    seen = [
        inner(
            topology,
            Interface(near.host, homes[0], packet.source),
            Interface(far.host, homes[1], packet.destination),
            packet,
        )
        for packet in packets
    ]
    agree(between(topology, near, far), packets, seen)

    _, ports = cuts(topology)
    nat_ports = edges(GATEWAY_PORTS, *ports)
    packets = classes(topology, near.placement.addresses, PUBLIC & Box(destination=PUBLIC).destination)
    packets = random.sample(packets, min(len(packets), 400))
    seen = [
        to_internet(topology, Interface(near.host, homes[0], p.source), p, nat_ports)
        for p in packets
        if p.destination < 2**32
    ]
    agree(outward(topology, near, INTERNET), [p for p in packets if p.destination < 2**32], seen)

    packets = classes(topology, PUBLIC, near.placement.addresses)
    packets = [p for p in random.sample(packets, min(len(packets), 400)) if p.source < 2**32]
    seen = [from_internet(topology, Interface(near.host, homes[0], p.destination), p) for p in packets]
    agree(inward(topology, INTERNET, near), packets, seen)


def agrees(number: int) -> None:
    """Compare the two on one random network."""
    random = Random(number)  # noqa: S311 - networks, not secrets
    each_pair(world(random), random)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64))
def test_engine_agrees_with_brute_force(number: int) -> None:
    """No packet is said to pass that would be dropped, and none to be dropped that would pass."""
    agrees(number)


@pytest.mark.no_cover
@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64))
def test_engine_agrees_with_brute_force_a_thousand_times(number: int) -> None:
    """The same on ten times as many networks, for the faults that only a rare one shows."""
    agrees(number)


def settle(topology: Topology, random: Random) -> Topology:
    """The same network with every unknown decided one way or the other: the thing is as written, or is not there."""
    acls = {
        name: Acl(
            acl.id,
            acl.part,
            tuple(replace(e, unknown="") for e in acl.entries if not e.unknown or random.random() < 0.5),
        )
        for name, acl in topology.acls.items()
    }
    groups = {
        name: Group(
            group.id,
            group.part,
            group.vpc,
            tuple(replace(r, unknown="") for r in group.rules if not r.unknown or random.random() < 0.5),
        )
        for name, group in topology.groups.items()
    }
    return replace(topology, acls=acls, groups=groups)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64))
def test_unknowns_are_bounded_from_both_sides(number: int) -> None:
    """However the unknowns turn out, the truth lies between what surely and what possibly passes."""
    random = Random(number)  # noqa: S311 - networks, not secrets
    doubtful = world(random, doubtful=True)
    truth = settle(doubtful, random)
    names = random.sample(sorted(doubtful.hosts), 2)
    pairs = [
        [Site(network.hosts[name], network.hosts[name].placements[0]) for name in names]
        for network in (doubtful, truth)
    ]
    bounds = passing(between(doubtful, *pairs[0]))
    actual = passing(between(truth, *pairs[1]))

    assert actual.sure.same_as(actual.possible)
    assert bounds.sure <= actual.sure
    assert actual.sure <= bounds.possible


def test_random_networks_are_not_all_open_or_all_shut() -> None:
    """The comparison means something: both answers occur often, inside and to the internet."""
    found = []
    for number in range(200):
        topology = world(Random(number))  # noqa: S311 - networks, not secrets
        near, far = (Site(h, h.placements[0]) for h in list(topology.hosts.values())[:2])
        found.append(bool(passing(between(topology, near, far)).sure))
        found.append(bool(passing(outward(topology, near, INTERNET)).sure))

    assert 20 < sum(found) < 380


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_families_never_mix(protocol: int) -> None:
    """No packet goes from an IPv4 address to an IPv6 address."""
    mixed = Packet(protocol, 1, 1, 2**33, 1)

    assert mixed not in SAME_FAMILY
    assert Packets.of(Box()).same_as(Packets.of(Box()) | SAME_FAMILY)
