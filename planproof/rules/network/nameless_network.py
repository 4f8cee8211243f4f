"""A network does not resolve names, so no private endpoint is ever found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
    """Both switches: private DNS of endpoints needs them."""
    if not document.of("aws_vpc_endpoint"):
        return
    yield from must(vpc, "enable_dns_support", equals=True, default=True)
    yield from must(vpc, "enable_dns_hostnames", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_vpc",),
    why="Calls to AWS leave by the internet although an endpoint is there and paid for, or they fail.",
    fix="Build the network with modules.network.Network, which turns both on.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("enable_dns_support", value=False),
        Mutation("enable_dns_hostnames", value=False),
        Mutation("enable_dns_hostnames", ABSENT),
    ),
)
