"""Network access lists: the second, stateless fence around each tier (PCI DSS 1.4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

from cdktf_cdktf_provider_aws.network_acl import NetworkAclEgress, NetworkAclIngress

EPHEMERAL = (1024, 65_535)
"""Where answers go: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports"""

STEP = 10


@dataclass(frozen=True)
class Entry:
    """TCP from or to these addresses on these ports."""

    cidr: str
    ports: tuple[int, int]


def between(networks: Iterable[IPv4Network], *ports: tuple[int, int]) -> tuple[Entry, ...]:
    """Entries for every one of several subnets."""
    return tuple(Entry(str(network), span) for network in networks for span in ports)


def ingress(entries: Sequence[Entry]) -> list[NetworkAclIngress]:
    """Numbered allow entries for what comes in; what none of them names, the list refuses."""
    return [NetworkAclIngress(**_allowed(index, entry)) for index, entry in enumerate(entries)]


def egress(entries: Sequence[Entry]) -> list[NetworkAclEgress]:
    """Numbered allow entries for what goes out; what none of them names, the list refuses."""
    return [NetworkAclEgress(**_allowed(index, entry)) for index, entry in enumerate(entries)]


def _allowed(index: int, entry: Entry) -> dict[str, Any]:
    return {
        "rule_no": (index + 1) * STEP,
        "action": "allow",
        "protocol": "tcp",
        "cidr_block": entry.cidr,
        "from_port": entry.ports[0],
        "to_port": entry.ports[1],
    }
