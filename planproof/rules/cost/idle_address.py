"""A public IPv4 address belongs to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Addition, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

USERS = ("aws_nat_gateway", "aws_eip_association", "aws_lb", "aws_instance", "aws_network_interface")


def check(address: Resource, document: Document) -> Iterator[Outcome]:
    """Look for whoever has it."""
    held = address.get("instance") is not None or address.get("network_interface") is not None
    known = address.get("id")
    by_id = isinstance(known, str) and any(
        user.get("allocation_id") == known for user in document.of("aws_nat_gateway", "aws_eip_association")
    )
    if not held and not by_id and not document.referrers(address, *USERS):
        yield Violation("domain", "a NAT gateway, load balancer or instance that has the address")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_eip",),
    why="Every public address is paid by the hour, used or not, and an unused one is a door nobody watches.",
    fix="Give the address to what needs it, or take it out.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html",
    controls=("aws-fsbp/EC2.12",),
    check=check,
    mutations=(Addition("aws_eip", {"domain": "vpc"}, beside="aws_eip", at="domain"),),
)
