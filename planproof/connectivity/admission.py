"""Whom the security groups of a host may let in: the only ones that a negative proof has to look at."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from planproof.connectivity.intervals import Intervals
from planproof.connectivity.path import groups_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.connectivity.topology import Host, Subnet, Topology


class Admitted(Struct, frozen=True):
    """Whom the groups of a host may let in at all; nobody else needs a look."""

    everybody: bool
    addresses: Intervals
    subnets: tuple[Subnet, ...]
    hosts: tuple[Host, ...]

    def some(self, numbers: Intervals) -> bool:
        """Whether one of these addresses may be let in."""
        return self.everybody or bool(numbers & self.addresses)


@lru_cache(maxsize=16)
def members(topology: Topology) -> Mapping[str, tuple[Host, ...]]:
    """The hosts of each group and of each subnet; those whose groups are unknown under no name."""
    found: dict[str, dict[str, Host]] = {}
    for host in topology.hosts.values():
        keys = [*host.groups, *(place.subnet for place in host.placements), *([""] if host.groups_unknown else [])]
        for key in keys:
            found.setdefault(key, {})[host.name] = host
    return {key: tuple(hosts.values()) for key, hosts in found.items()}


def admitted(topology: Topology, host: Host) -> Admitted:
    """Whom the ingress rules of a host speak of."""
    groups = groups_of(topology, host)
    rules = [rule for group in groups for rule in group.rules if not rule.egress]
    doubt = host.groupless or host.groups_unknown or len(groups) < len(host.groups)
    wide = bool(doubt or any(group.unknown for group in groups) or any(rule.unknown or rule.lists for rule in rules))
    blocks = Intervals.of(*{part for rule in rules for part in rule.cidrs.parts})
    near = around(topology, host) if wide or blocks else ()
    subnets = tuple(s for s in near if wide or s.addresses & blocks)
    names = {"", *(name for rule in rules for name in rule.groups), *(subnet.id for subnet in subnets)}
    by_key = members(topology)
    hosts = {one.name: one for name in sorted(names) for one in by_key.get(name, ())}
    return Admitted(wide, blocks, subnets, tuple(hosts.values()))


def around(topology: Topology, host: Host) -> Iterator[Subnet]:
    """The subnets of the VPCs of a host and of those joined to them: nothing comes from any other."""
    joined, inside = regions(topology)
    homes = dict.fromkeys(topology.subnets[place.subnet].vpc for place in host.placements)
    every = dict.fromkeys(vpc for home in homes for vpc in (home, *joined.get(home, ())))
    return (subnet for vpc in every for subnet in inside.get(vpc, ()))


@lru_cache(maxsize=16)
def regions(topology: Topology) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[Subnet, ...]]]:
    """For each VPC those that a link joins to it, and its subnets."""
    joined: dict[str, dict[str, None]] = {}
    for link in topology.links:
        for vpc in link.vpcs:
            joined.setdefault(vpc, {}).update(dict.fromkeys(sorted(link.vpcs - {vpc})))
    inside: dict[str, list[Subnet]] = {}
    for subnet in topology.subnets.values():
        inside.setdefault(subnet.vpc, []).append(subnet)
    return {a: tuple(b) for a, b in joined.items()}, {a: tuple(b) for a, b in inside.items()}
