"""A NAT gateway stands where no route leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Addition, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ROUTES = ("aws_route", "aws_route_table", "aws_default_route_table")


def check(gateway: Resource, document: Document) -> Iterator[Outcome]:
    """Look for a route to it."""
    if not document.referrers(gateway, *ROUTES) and not _routed_by_id(gateway, document):
        yield Violation("subnet_id", "a route to this gateway, or no gateway", found=gateway.address)


def _routed_by_id(gateway: Resource, document: Document) -> bool:
    """In state a route names the gateway by its id."""
    known = gateway.get("id")
    return isinstance(known, str) and any(route.get("nat_gateway_id") == known for route in document.of("aws_route"))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_nat_gateway",),
    why="It costs about 35 USD a month and carries nothing; or the private subnets have no way out.",
    fix="Add the default route of the private subnets, or take the gateway out.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html",
    controls=("pci-dss-4.0.1/2.2.4",),
    check=check,
    mutations=(
        Addition(
            "aws_nat_gateway",
            {"subnet_id": "${{victim}.subnet_id}", "allocation_id": "eipalloc-1"},
            beside="aws_nat_gateway",
            at="subnet_id",
        ),
        Removal("aws_route", at="subnet_id", environment="specimen"),
    ),
    specimen={
        "resource": {
            "aws_nat_gateway": {"a": {"subnet_id": "subnet-1", "allocation_id": "eipalloc-2"}},
            "aws_route": {
                "out": {
                    "route_table_id": "rtb-1",
                    "destination_cidr_block": "0.0.0.0/0",
                    "nat_gateway_id": "${aws_nat_gateway.a.id}",
                }
            },
        }
    },
)
