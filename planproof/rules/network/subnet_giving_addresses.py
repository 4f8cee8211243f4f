"""A subnet gives a public address to everything that starts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(subnet: Resource, _: Document) -> Iterator[Outcome]:
    """Addresses are given by intent, one by one."""
    yield from must(subnet, "map_public_ip_on_launch", equals=False, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_subnet",),
    why="A machine started for a test is on the internet within a minute.",
    fix="Leave map_public_ip_on_launch at false, as modules.tier.Tier does.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html",
    controls=("aws-fsbp/EC2.15", "pci-dss-4.0.1/1.4.2"),
    check=check,
    mutations=(Mutation("map_public_ip_on_launch", value=True),),
)
