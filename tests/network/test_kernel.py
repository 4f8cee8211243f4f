"""The kernel as judge: real TCP connections through real packet filters say what the engine says."""

from __future__ import annotations

import copy
import os
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from planproof.connectivity.borders import inward, outward
from planproof.connectivity.intervals import addresses
from planproof.connectivity.judgement import passing
from planproof.connectivity.packets import Packet
from planproof.connectivity.path import Outside, Site, between
from planproof.connectivity.reading import read_topology
from planproof.connectivity.topology import PUBLIC, Placement
from planproof.document import parse
from tests.network.kernel import INTERNET, Lab, Probe, why_not
from tests.planproof.connectivity.worlds import world

if TYPE_CHECKING:
    from planproof.connectivity.topology import Topology

pytestmark = pytest.mark.slow

LISTENED = (80, 443, 8080, 40_000)
CALLING = (600, 2_000, 50_000)
SECONDS = 0.9  # a dropped packet is sent again after a second, so what has not come by then was dropped
EVERYBODY = Outside(INTERNET, PUBLIC)
UNABLE = why_not()


def expected(lab: Lab, topology: Topology, probe: Probe) -> bool:
    """What the engine says of one connection."""

    def site(name: str) -> Site:
        host = topology.hosts[name]
        return Site(host, Placement(host.placements[0].subnet, addresses(f"{lab.addresses[name]}/32")))

    own = {**lab.addresses, INTERNET: "203.0.113.1"}
    source, destination = (addresses(f"{own[end]}/32").lowest for end in (probe.source, probe.destination))
    packet = Packet(6, source, probe.source_port, destination, probe.port)
    if probe.source == INTERNET:
        stages = inward(topology, EVERYBODY, site(probe.destination))
    elif probe.destination == INTERNET:
        stages = outward(topology, site(probe.source), EVERYBODY)
    else:
        stages = between(topology, site(probe.source), site(probe.destination))
    return packet in passing(stages).sure


def judged(topology: Topology, tag: str) -> tuple[list[str], int, int]:
    """Where kernel and engine differ, and how many connections were open and tried."""
    lab = Lab(topology, LISTENED, tag)
    try:
        lab.up()
        ends = (*lab.addresses, INTERNET)
        probes = [
            Probe(near, calling, far, port)
            for near, far in permutations(ends, 2)
            for calling in CALLING
            for port in LISTENED
        ]
        seen = lab.try_all(probes, SECONDS)
    finally:
        lab.down()
    wishes = [expected(lab, topology, probe) for probe in probes]
    wrong = [
        f"{probe}: kernel {'open' if was else 'shut'}, engine {'open' if wish else 'shut'}"
        for probe, was, wish in zip(probes, seen, wishes, strict=True)
        if was != wish
    ]
    return wrong, sum(seen), len(probes)


def without_nat(random: Random) -> Topology:
    """A random network whose routes do not lead to NAT gateways, which this laboratory does not have."""
    while True:
        topology = world(random)
        kinds = {route.kind for table in topology.tables.values() for route in table.routes}
        if "nat" not in kinds:
            return topology


@pytest.mark.parametrize("number", range(12))
def test_kernel_agrees_with_engine(number: int) -> None:
    """Every TCP connection between every two ends of a random network is open exactly when it was proved open.

    Where the machine cannot make network namespaces the test says so and judges nothing.
    """
    if UNABLE:
        print(UNABLE)  # noqa: T201 - said aloud, not skipped
        return
    topology = without_nat(Random(number * 7919))  # noqa: S311 - networks, not secrets
    wrong, opened, tried = judged(topology, f"{os.getpid()}-{number}")

    assert not wrong, f"{len(wrong)} of {tried} differ ({opened} open):\n" + "\n".join(wrong[:6])


def platform(raw: dict[str, Any]) -> Topology:
    """The services, stores and the load balancer of a synthesized environment."""
    topology = read_topology(parse(raw, name="staging", source="staging.json"))
    kept = {name: host for name, host in topology.hosts.items() if host.kind != "endpoint"}
    return replace(topology, hosts=kept)


def without_answers(raw: dict[str, Any]) -> dict[str, Any]:
    """The same environment with a database ACL that lets no answer out."""
    broken = copy.deepcopy(raw)
    for name, acl in broken["resource"]["aws_network_acl"].items():
        if "database" in name:
            acl["egress"] = []
    return broken


def within(topology: Topology, tag: str) -> tuple[set[tuple[str, str, int]], list[str]]:
    """Who reaches whom on which port in the kernel, and where the engine says otherwise; NAT is not built here."""
    lab = Lab(topology, (80, 443, 5432, 6379, 8080, 8081), tag)
    try:
        lab.up()
        probes = [
            Probe(near, 50_000, far, port)
            for near in (*lab.addresses, INTERNET)
            for far in lab.addresses
            if near != far
            for port in lab.ports
        ]
        seen = lab.try_all(probes, SECONDS)
    finally:
        lab.down()
    opened = {(p.source, p.destination, p.port) for p, was in zip(probes, seen, strict=True) if was}
    wrong = [str(p) for p, was in zip(probes, seen, strict=True) if was != expected(lab, topology, p)]
    return opened, wrong


def test_kernel_agrees_on_the_platform(synthesized: dict[str, dict[str, Any]]) -> None:
    """What staging opens, real packets can do; all else they cannot. These doors and no others."""
    if UNABLE:
        print(UNABLE)  # noqa: T201 - likewise
        return
    opened, wrong = within(platform(synthesized["staging"]), f"{os.getpid()}-p")

    assert not wrong
    assert opened == {
        (INTERNET, "entrance", 80),
        (INTERNET, "entrance", 443),
        ("entrance", "payments", 8080),
        ("payments", "ledger", 8081),
        ("payments", "database", 5432),
        ("payments", "cache", 6379),
        ("ledger", "database", 5432),
        ("payments", "entrance", 443),  # both may call the internet, and the load balancer is for everybody
        ("notifications", "entrance", 443),
    }


def test_kernel_agrees_on_a_fault(synthesized: dict[str, dict[str, Any]]) -> None:
    """An ACL that lets requests in and no answers out: the kernel cannot connect, and the engine knew."""
    if UNABLE:
        print(UNABLE)  # noqa: T201 - likewise
        return
    opened, wrong = within(platform(without_answers(synthesized["staging"])), f"{os.getpid()}-f")

    assert not wrong
    assert {far for _, far, _ in opened} == {"entrance", "payments", "ledger"}


def test_random_networks_open_some_doors() -> None:
    """The comparison means something: among the networks the kernel judges, both answers are frequent."""
    found = []
    for number in range(12):
        topology = without_nat(Random(number * 7919))  # noqa: S311 - networks, not secrets
        near, far = list(topology.hosts.values())[:2]
        stages = between(topology, Site(near, near.placements[0]), Site(far, far.placements[0]))
        found.append(bool(passing(stages).sure))

    assert 2 <= sum(found) <= 11
