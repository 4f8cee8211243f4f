"""A network access list lets the world to the ports of remote logins.

A list keeps no connections in mind, so it must let answers in: a range from 1024 up to 65535 is how they come
back, and is left alone although it contains 3389.
"""

from __future__ import annotations

from functools import reduce
from operator import sub
from typing import TYPE_CHECKING, Final

from planproof.connectivity.intervals import Intervals
from planproof.connectivity.packets import TCP
from planproof.connectivity.read_acls import read_acls
from planproof.connectivity.topology import Acl
from planproof.document import Document, Resource
from planproof.reading.ports import is_wide
from planproof.rule import Addition, Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


LOGINS: Final = (22, 3389)
ANSWERS: Final = (1024, 65_535)


def access_lists(document: Document) -> Mapping[str, Acl]:
    """Every access list with its entries."""
    return read_acls(document, [])


def is_for_answers(ports: Intervals) -> bool:
    """Whether a range is the one from which clients choose their own ports, or a part of its upper end."""
    return len(ports.parts) == 1 and ports.parts[0][0] >= ANSWERS[0] and ports.parts[0][1] == ANSWERS[1]


def is_of_the_world(listed: Resource, document: Document) -> bool:
    """Whether the first incoming entry is for everybody."""
    del document
    return bool(listed.get("ingress.0.cidr_block") == "0.0.0.0/0")


def check(listed: Resource, document: Document) -> Iterator[Outcome]:
    """Neither 22 nor 3389 from the world, unless an entry with a smaller number denies them first."""
    known = document.once(access_lists).get(listed.address)
    if known is None:
        return
    entries = sorted((one for one in known.entries if not one.egress), key=lambda one: one.number)
    for position, entry in enumerate(entries):
        if not entry.allow or is_for_answers(entry.ports) or not entry.protocol & TCP:
            continue
        for port in LOGINS:
            denied = (one.cidrs for one in entries[:position] if not one.allow and port in one.ports)
            if port in entry.ports and is_wide(reduce(sub, denied, entry.cidrs)):
                rule = document.resource(entry.part.address) or listed
                path = f"{entry.part.path}.from_port" if entry.part.path else "from_port"
                if entry.unknown or known.unknown:
                    yield Undecided(path, entry.unknown or known.unknown, rule)
                else:
                    yield Violation(path, f"a range without port {port}", resource=rule)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_network_acl", "aws_default_network_acl"),
    why="The fence that would hold when a security group is opened by mistake has the same hole.",
    fix="Allow only the ports of the tier from the world; modules.tier numbers the entries of each list.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports",
    controls=("pci-dss-4.0.1/1.4.1", "aws-fsbp/EC2.21", "cis-aws-3.0/5.1"),
    check=check,
    mutations=(
        Mutation("ingress.0.from_port", 0, on=is_of_the_world),
        Addition(
            "aws_network_acl_rule",
            {
                "network_acl_id": "${{victim}.id}",
                "rule_number": 5,
                "rule_action": "allow",
                "protocol": "tcp",
                "cidr_block": "0.0.0.0/0",
                "from_port": 22,
                "to_port": 22,
            },
            beside="aws_network_acl",
            at="from_port",
        ),
        Addition(
            "aws_network_acl_rule",
            {
                "network_acl_id": "${{victim}.id}",
                "rule_number": 5,
                "rule_action": "allow",
                "protocol": "-1",
                "ipv6_cidr_block": "::/0",
                "from_port": 0,
                "to_port": 0,
            },
            beside="aws_network_acl",
            at="from_port",
        ),
    ),
)
