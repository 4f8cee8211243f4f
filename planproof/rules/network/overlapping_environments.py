"""The networks of two environments overlap."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from planproof.document import Document
from planproof.reading.subnets import block
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings

PATH: Final = "cidr_block"


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every VPC of every document with every VPC of the later ones."""
    del settings
    known = [
        (name, vpc, found)
        for name, document in documents.items()
        for vpc in document.of("aws_vpc")
        if (found := block(vpc.get(PATH))) is not None
    ]
    for (name, _, first), (other, vpc, second) in combinations(known, 2):
        if name != other and first.version == second.version and first.overlaps(second):
            yield Violation(PATH, f"addresses outside {first} of {name}", resource=vpc)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="The environments can never be joined, nor both be reached over one VPN, and logs do not say which is meant.",
    fix="Give each environment its own network.cidr.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    controls=("pci-dss-4.0.1/6.5.3", "pci-dss-4.0.1/1.2.3"),
    check=check,
    mutations=(
        Mutation(PATH, "10.20.0.0/16", "aws_vpc", environment="prod"),
        Mutation(PATH, "10.10.128.0/17", "aws_vpc", environment="prod"),
        Mutation(PATH, "10.30.0.0/20", "aws_vpc", environment="dev"),
    ),
)
