"""Two subnets of a network overlap, or a subnet lies outside its network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.subnets import Block, block
from planproof.rule import Addition, Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "cidr_block"


def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
    """Sorted by address, each must end before the next begins."""
    if isinstance(vpc.get(PATH), Unknown):
        yield Undecided(PATH, vpc.get(PATH).cause)
    whole = [found for found in (block(vpc.get(PATH)), *_more(vpc, document)) if found is not None]
    inside = [one for one in document.referrers(vpc, "aws_subnet") if document.target(one, "vpc_id") is vpc]
    for one in inside:
        if isinstance(one.get(PATH), Unknown):
            yield Undecided(PATH, one.get(PATH).cause, one)
    subnets = [(found, one) for one in inside if (found := block(one.get(PATH))) is not None]
    last: tuple[Block, Resource] | None = None
    for found, subnet in sorted(subnets, key=lambda pair: (int(pair[0].network_address), pair[0].prefixlen)):
        if whole and not any(_holds(outer, found) for outer in whole):
            yield Violation(PATH, f"a part of {' or '.join(map(str, whole))}", resource=subnet)
        if last is not None and int(found.network_address) <= int(last[0].broadcast_address):
            yield Violation(PATH, f"addresses outside {last[0]} of {last[1].address}", resource=subnet)
        if last is None or int(found.broadcast_address) > int(last[0].broadcast_address):
            last = (found, subnet)


def _more(vpc: Resource, document: Document) -> list[Block | None]:
    kind = "aws_vpc_ipv4_cidr_block_association"
    return [block(one.get(PATH)) for one in document.referrers(vpc, kind) if document.target(one, "vpc_id") is vpc]


def _holds(outer: Block, inner: Block) -> bool:
    first, last = int(inner.network_address), int(inner.broadcast_address)
    return int(outer.network_address) <= first and last <= int(outer.broadcast_address)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_vpc",),
    why="AWS refuses the second subnet, and half a network is left behind.",
    fix="Let modules.network.Network cut the subnets from network.cidr.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    controls=("pci-dss-4.0.1/1.2.3",),
    check=check,
    mutations=(
        Mutation(PATH, "192.168.0.0/24", "aws_subnet"),
        Addition(
            "aws_subnet",
            {"vpc_id": "${{victim}.id}", "cidr_block": "10.30.0.128/25"},
            beside="aws_vpc",
            at=PATH,
            environment="prod",
        ),
        Addition(
            "aws_subnet",
            {"vpc_id": "${{victim}.id}", "cidr_block": "10.20.64.0/24"},
            beside="aws_vpc",
            at=PATH,
            environment="staging",
        ),
    ),
)
