"""Security groups and network ACLs of the topology model, as the rules of nftables.

Security groups are stateful: what answers a connection passes them. Network ACLs are not: answers meet them, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.intervals import IPV4, cidrs
from planproof.connectivity.packets import PORTS, PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.connectivity.topology import AclEntry, GroupRule, Host, Topology


def rules(topology: Topology, addresses: Mapping[str, str]) -> str:
    """Security groups and network ACLs as nftables: answers meet the ACLs, and groups let them pass."""
    lines = ["table inet planproof {"]
    for acl in topology.acls.values():
        for egress in (False, True):
            lines.append(f"chain acl_{'out' if egress else 'in'}_{safe(acl.id)} {{")
            entries = sorted((e for e in acl.entries if e.egress == egress), key=lambda e: e.number)
            lines += [line for entry in entries for line in acl_lines(entry)]
            lines += ["drop", "}"]
    for name in addresses:
        for egress in (False, True):
            lines.append(f"chain group_{'out' if egress else 'in'}_{safe(name)} {{")
            lines += group_lines(topology, addresses, topology.hosts[name], egress=egress)
            lines += ["drop", "}"]
    lines += ["chain forward {", "type filter hook forward priority 0; policy accept;"]
    lines += [*edges(topology, addresses, "saddr", "daddr", "out"), *edges(topology, addresses, "daddr", "saddr", "in")]
    lines += ["ct state established,related accept", *doors(topology, addresses)]
    for name, own in addresses.items():
        lines.append(f"ip saddr {own} jump group_out_{safe(name)}")
    for name, own in addresses.items():
        lines.append(f"ip daddr {own} jump group_in_{safe(name)}")
    lines += ["}", "}"]
    return "\n".join(lines) + "\n"


def edges(topology: Topology, addresses: Mapping[str, str], own_side: str, far_side: str, way: str) -> Iterator[str]:
    """The network ACL of each host's subnet, for what crosses the edge of the subnet."""
    for name, own in addresses.items():
        subnet = topology.subnets[topology.hosts[name].placements[0].subnet]
        if subnet.acl:
            cidr = cidrs(subnet.addresses)[0]
            yield f"ip {own_side} {own} ip {far_side} != {cidr} jump acl_{way}_{safe(subnet.acl)}"


def doors(topology: Topology, addresses: Mapping[str, str]) -> Iterator[str]:
    """Only a host with a public address in a VPC with a gateway is seen from the internet."""
    for name, own in addresses.items():
        host = topology.hosts[name]
        subnet = topology.subnets[host.placements[0].subnet]
        if not host.public or topology.vpcs[subnet.vpc].gateway is None:
            yield f"iifname v-internet ip daddr {own} drop"


def group_lines(topology: Topology, addresses: Mapping[str, str], host: Host, *, egress: bool) -> Iterator[str]:
    """The rules of a host's groups; a group that is named stands for the addresses of its members."""
    for name in host.groups:
        for rule in topology.groups[name].rules:
            if rule.egress == egress:
                members = [own for other, own in addresses.items() if set(topology.hosts[other].groups) & rule.groups]
                for peer in (*members, *cidrs(rule.cidrs & IPV4)):
                    yield f"ip {'daddr' if egress else 'saddr'} {peer} {tcp(rule)} return"


def safe(name: str) -> str:
    """A name that nftables takes."""
    return "".join(c if c.isalnum() else "_" for c in name)


def tcp(rule: GroupRule | AclEntry) -> str:
    """Protocol and ports of a rule for TCP and everything else."""
    if rule.protocol == PROTOCOLS:
        return ""
    name = {6: "tcp", 17: "udp"}[rule.protocol.lowest]
    if rule.ports == PORTS:
        return f"meta l4proto {name}"
    return f"{name} dport {{ {', '.join(f'{low}-{high}' for low, high in rule.ports.parts)} }}"


def acl_lines(entry: AclEntry) -> Iterator[str]:
    """One entry of an ACL; `return` goes on to the next check, as an allowed packet does."""
    for cidr in cidrs(entry.cidrs & IPV4):
        verdict = "return" if entry.allow else "drop"
        yield f"ip {'daddr' if entry.egress else 'saddr'} {cidr} {tcp(entry)} {verdict}"
