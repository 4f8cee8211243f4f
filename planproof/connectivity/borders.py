"""The stages between a host and what lies beyond its VPC: the internet, AWS services, networks behind a link.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.filters import Bounds, Peer
from planproof.connectivity.intervals import IPV6, Intervals
from planproof.connectivity.packets import EVERYTHING, Box, Packet, Packets
from planproof.connectivity.path import (
    Outside,
    Site,
    Stage,
    acl_stage,
    gate,
    group_stage,
    is_local,
    route_stage,
)
from planproof.connectivity.routing import decisions
from planproof.connectivity.topology import GATEWAY_PORTS, PUBLIC, Endpoint, Host, Nat, Route, Subnet, Topology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.connectivity.reasons import Reason


def outward(topology: Topology, near: Site, far: Outside) -> tuple[Stage, ...]:
    """From a host to public addresses: by a gateway of the VPC or through NAT, whichever the routes say."""
    home = topology.subnets[near.placement.subnet]
    table = topology.tables.get(home.table or "")
    kinds = [(route.kind, route.target) for route in table.routes] if table else []
    nats = [topology.nats[target] for kind, target in kinds if kind == "nat" and target in topology.nats]
    return (
        group_stage(topology, near.host, Peer(lists=far.lists), far.name, egress=True),
        acl_stage(topology, home, egress=True),
        route_stage(topology, home, lambda r: leaves(topology, near.host, home, r), "the internet"),
        *(made for nat in nats for made in through(topology, home, nat)),
        acl_stage(topology, home, egress=False, answer=True),
    )


def leaves(topology: Topology, host: Host, home: Subnet, route: Route) -> bool:
    """Whether a route gets this host out: a gateway needs a public address, NAT gives it one."""
    vpc = topology.vpcs.get(home.vpc)
    if route.kind == "nat" and host.kind != "nat":
        nat = topology.nats.get(route.target)
        return nat is None or nat.public is not False
    if route.kind == "egress-only":
        return route.destination <= IPV6
    attached = vpc is not None and vpc.gateway is not None
    return route.kind == "internet" and attached and (host.public is True or route.destination <= IPV6)


def through(topology: Topology, home: Subnet, nat: Nat) -> Iterator[Stage]:
    """What a packet meets at a NAT gateway, said of the packet the host sent.

    The gateway sends from an address of its own subnet and from any port of its range; every such port must
    work. Packets that other routes of the host's table carry do not come by here.
    """
    subnet = topology.subnets.get(nat.subnet)
    if subnet is None:
        text = "public subnet"
        cause = f"the subnet of {nat.id} is not in the document"
        yield gate("NAT gateway", nat.part, text, is_open=None, shut=cause, change="")
        return
    table = topology.tables.get(home.table or "")
    won = [won for route, won in decisions(table) if route and route.target == nat.id] if table else []
    carried = Packets.of(*(Box(destination=one) for one in won))
    past = EVERYTHING - carried
    own = Packets.of(Box(source=subnet.addresses, source_port=GATEWAY_PORTS, destination=PUBLIC - subnet.addresses))
    gateway = Host(name=nat.id, kind="nat", part=nat.part, placements=(), groups=(), public=nat.public)
    if subnet.id != home.id:
        yield unless(past, acl_stage(topology, subnet, egress=False))
    outer = (
        acl_stage(topology, subnet, egress=True),
        route_stage(topology, subnet, lambda r: leaves(topology, gateway, subnet, r), "the internet gateway"),
        acl_stage(topology, subnet, egress=False, answer=True),
    )
    for made in outer:
        yield unless(past, translated(made, own))
    if subnet.id != home.id:
        yield unless(past, acl_stage(topology, subnet, egress=True, answer=True))
        yield unless(past, route_stage(topology, subnet, is_local, "the VPC", answer=True))


def unless(past: Packets, made: Stage) -> Stage:
    """The same stage, which packets that go elsewhere do not meet."""
    allows = Bounds(made.allows.sure | past, made.allows.possible | past, made.allows.cause)
    return Stage(made.name, allows, made.why, made.answer)


def translated(made: Stage, own: Packets) -> Stage:
    """A stage behind NAT, said of packets before NAT: every translation of a packet has to pass."""

    def before(passing: Packets) -> Packets:
        stuck = (own - passing).boxes
        lost = Packets.of(*(Box(protocol=b.protocol, destination=b.destination, port=b.port) for b in stuck))
        return EVERYTHING - lost

    def why(packet: Packet) -> Reason:
        same = Packets.of(
            *(
                Box(
                    protocol=Intervals.one(packet.protocol),
                    source=b.source,
                    source_port=b.source_port,
                    destination=Intervals.one(packet.destination),
                    port=Intervals.one(packet.port),
                )
                for b in own.boxes
            )
        )
        stuck = same - made.allows.possible or same
        return made.why(stuck.witness() if stuck else packet)  # none where the addresses of the subnet make no sense

    allows = Bounds(before(made.allows.sure), before(made.allows.possible), made.allows.cause)
    return Stage(f"{made.name} (NAT)", allows, why, made.answer)


def inward(topology: Topology, far: Outside, near: Site) -> tuple[Stage, ...]:
    """From public addresses to a host: only through an internet gateway, only to a public address."""
    home = topology.subnets[near.placement.subnet]
    vpc = topology.vpcs.get(home.vpc)
    host = near.host
    shut = "has no public address" if host.public is False else "whether it gets a public address is unknown"
    path = "internal" if host.kind == "load balancer" else "public"
    attached = vpc is not None and vpc.gateway is not None
    place = vpc.part if vpc else home.part

    def by_gateway(route: Route) -> bool:
        return route.kind == "internet"

    door = gate(
        "internet gateway",
        vpc.gateway if vpc and vpc.gateway else place,
        "is attached to the VPC",
        is_open=attached,
        shut="the VPC has no internet gateway",
        change="attach an aws_internet_gateway",
    )
    public = gate(
        f"public address of {host.name}",
        host.part.at(path),
        "has a public address",
        is_open=host.public,
        shut=shut,
        change="give it a public address",
    )
    six = Packets.of(Box(destination=IPV6))
    return (
        door,
        unless(six, public),
        acl_stage(topology, home, egress=False),
        group_stage(topology, host, Peer(lists=far.lists), far.name, egress=False),
        acl_stage(topology, home, egress=True, answer=True),
        route_stage(topology, home, by_gateway, "the internet gateway", answer=True),
    )


def remote(topology: Topology, far: Outside, near: Site, target: str) -> tuple[Stage, ...]:
    """From a network that is not in the document, behind a link of this VPC."""
    home = topology.subnets[near.placement.subnet]
    return (
        acl_stage(topology, home, egress=False),
        group_stage(topology, near.host, Peer(lists=far.lists), far.name, egress=False),
        acl_stage(topology, home, egress=True, answer=True),
        route_stage(topology, home, lambda r: r.target == target, target, answer=True),
    )


def by_gateway_endpoint(topology: Topology, near: Site, far: Outside, endpoint: Endpoint) -> tuple[Stage, ...]:
    """From a host to S3 or DynamoDB through a gateway endpoint of its route table."""
    home = topology.subnets[near.placement.subnet]
    joined = home.table in endpoint.tables
    entry = gate(
        f"route of {home.part.label}",
        endpoint.part.at("route_table_ids"),
        f"{endpoint.service} leads to the gateway endpoint",
        is_open=None if endpoint.unknown and not joined else joined,
        shut=endpoint.unknown or f"the route table of {home.part.label} has no route to the endpoint",
        change=f"associate {home.table} with {endpoint.part.address}",
    )
    return (
        group_stage(topology, near.host, Peer(lists=far.lists | endpoint.lists), far.name, egress=True),
        acl_stage(topology, home, egress=True),
        entry,
        acl_stage(topology, home, egress=False, answer=True),
    )
