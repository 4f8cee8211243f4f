"""Random small networks: every feature of the topology model, in sizes a brute-force search can cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.intervals import Intervals, addresses
from planproof.connectivity.packets import PORTS, PROTOCOLS
from planproof.connectivity.topology import (
    PUBLIC,
    Acl,
    AclEntry,
    Group,
    GroupRule,
    Host,
    Kind,
    Link,
    Nat,
    Part,
    Placement,
    Route,
    RouteTable,
    Subnet,
    Topology,
    Vpc,
)

if TYPE_CHECKING:
    from random import Random

INTERNET = addresses("203.0.113.0/29")
PROTOCOL_SETS = (Intervals.one(6), Intervals.one(6), Intervals.one(6), Intervals.one(17), PROTOCOLS)
PORT_SETS = (
    Intervals.of((80, 80)),
    Intervals.of((80, 443)),
    Intervals.of((443, 443)),
    Intervals.of((1_024, 65_535)),
    Intervals.of((32_768, 65_535)),
    PORTS,
    PORTS,
)
VPCS = ("10.0.0.0/26", "10.1.0.0/26")
ANYWHERE = "0.0.0.0/0"


def part(address: str) -> Part:
    """A place with nothing but an address."""
    return Part(address)


def block(random: Random) -> str:
    """A CIDR block that cuts through the small networks, or all of them."""
    if random.random() < 0.5:
        return ANYWHERE
    length = random.choice((24, 27, 28, 29, 30, 32))
    network = random.choice(("10.0.0", "10.1.0", "203.0.113"))
    return f"{network}.{random.randrange(0, 64)}/{length}"


def traffic(random: Random) -> tuple[Intervals, Intervals]:
    """Protocol and ports; a rule for every protocol is for every port, as AWS has it."""
    protocol = random.choice(PROTOCOL_SETS)
    return protocol, PORTS if protocol == PROTOCOLS else random.choice(PORT_SETS)


def rule(random: Random, name: str, groups: list[str], *, doubtful: bool = False) -> GroupRule:
    """A random rule of a group."""
    by_group = random.random() < 0.4
    protocol, ports = traffic(random)
    return GroupRule(
        part=part(name),
        egress=random.random() < 0.5,
        protocol=protocol,
        ports=ports,
        cidrs=Intervals() if by_group else addresses(block(random)),
        groups=frozenset({random.choice(groups)}) if by_group else frozenset(),
        unknown="not known" if doubtful and random.random() < 0.3 else "",
    )


def acl(random: Random, name: str, *, doubtful: bool = False) -> Acl:
    """A random network ACL: up to four entries each way, and mostly a last one that allows all."""
    entries: list[AclEntry] = []
    for egress in (False, True):
        numbers = random.sample(range(1, 90), random.randrange(0, 4))
        entries += [
            AclEntry(
                part=part(f"{name}.{number}"),
                number=number,
                egress=egress,
                allow=random.random() < 0.5,
                protocol=protocol,
                ports=ports,
                cidrs=addresses(block(random)),
                unknown="not known" if doubtful and random.random() < 0.3 else "",
            )
            for number in numbers
            for protocol, ports in (traffic(random),)
        ]
        if random.random() < 0.8:
            all_of_it = addresses(ANYWHERE)
            entries.append(AclEntry(part(f"{name}.100"), 100, egress, True, PROTOCOLS, PORTS, all_of_it))
    return Acl(name, part(name), tuple(entries))


def table(random: Random, name: str, own: str, targets: list[tuple[Kind, str]]) -> RouteTable:
    """A random route table of a VPC, the local route included."""
    routes = [Route(part("local"), addresses(own), 26, "local")]
    for number in range(random.randrange(0, 4)):
        kind, target = random.choice(targets)
        cidr = random.choice((ANYWHERE, "10.0.0.0/8", "10.1.0.0/26", "10.0.0.0/27", "203.0.113.0/30"))
        length = int(cidr.split("/")[1])
        if length > 26 and kind == "local":
            continue
        if all(route.length != length or route.destination != addresses(cidr) for route in routes):
            routes.append(Route(part(f"{name}.{number}"), addresses(cidr), length, kind, target))
    return RouteTable(name, part(name), tuple(routes))


def world(random: Random, *, doubtful: bool = False) -> Topology:
    """One or two VPCs with subnets, tables, ACLs, groups, NAT, perhaps a peering, and a few hosts."""
    vpcs: dict[str, Vpc] = {}
    subnets: dict[str, Subnet] = {}
    tables: dict[str, RouteTable] = {}
    acls: dict[str, Acl] = {}
    nats: dict[str, Nat] = {}
    groups = [f"g{number}" for number in range(random.randrange(1, 5))]
    for index, cidr in enumerate(VPCS[: random.choice((1, 1, 2))]):
        vpc = f"vpc{index}"
        gateway = part(f"{vpc}.igw") if random.random() < 0.8 else None
        vpcs[vpc] = Vpc(vpc, part(vpc), addresses(cidr), gateway)
        first = cidr.removesuffix("0/26")
        targets: list[tuple[Kind, str]] = [
            ("internet", "igw"),
            ("internet", "igw"),
            ("nat", f"{vpc}.nat"),
            ("nat", f"{vpc}.nat"),
            ("peering", "pcx"),
            ("peering", "pcx"),
            ("blackhole", ""),
        ]
        for number in range(random.randrange(2, 4)):
            name = f"{vpc}.s{number}"
            tables[f"{name}.t"] = table(random, f"{name}.t", cidr, targets)
            if random.random() < 0.7:
                acls[f"{name}.a"] = acl(random, f"{name}.a", doubtful=doubtful)
            own = f"{name}.a" if f"{name}.a" in acls else None
            subnets[name] = Subnet(name, part(name), vpc, addresses(f"{first}{number * 16}/28"), f"{name}.t", own)
        nats[f"{vpc}.nat"] = Nat(f"{vpc}.nat", part("nat"), f"{vpc}.s0", random.random() < 0.9)
    hosts: dict[str, Host] = {}
    for number in range(random.randrange(2, 5)):
        home = subnets[random.choice(sorted(subnets))]
        low = home.addresses.lowest
        offset = random.choice((4, 6, 9))
        known = Intervals.one(low + offset) if random.random() < 0.5 else home.addresses
        hosts[f"h{number}"] = Host(
            name=f"h{number}",
            kind="instance",
            part=part(f"h{number}"),
            placements=(Placement(home.id, known),),
            groups=tuple(sorted(random.sample(groups, random.randrange(1, len(groups) + 1)))),
            public=random.random() < 0.5,
        )
    both = frozenset(vpcs)
    links = (Link("pcx", part("pcx"), "peering", both),) if len(both) > 1 else ()
    made = {
        name: Group(
            name,
            part(name),
            None,
            tuple(rule(random, f"{name}.{n}", groups, doubtful=doubtful) for n in range(random.randrange(1, 5))),
        )
        for name in groups
    }
    return Topology(vpcs, subnets, tables, acls, made, nats, links, hosts)


PUBLIC_SAMPLE = INTERNET & PUBLIC
