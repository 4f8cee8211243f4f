"""A gateway endpoint is in no route table, so nothing goes through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(endpoint: Resource, document: Document) -> Iterator[Outcome]:
    """Tables named in the endpoint, or associated beside it."""
    if endpoint.get("vpc_endpoint_type", "Gateway") != "Gateway":
        return
    if not document.referrers(endpoint, "aws_vpc_endpoint_route_table_association"):
        yield from must(
            endpoint, "route_table_ids", filled=True, expected="the route tables of the subnets that use it"
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_vpc_endpoint",),
    why="Image layers and backups leave through the NAT gateway and are paid by the gigabyte, or do not leave at all.",
    fix="Build endpoints with modules.endpoints.Endpoints, which names the private route tables.",
    docs="https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    controls=("pci-dss-4.0.1/1.4.2",),
    check=check,
    mutations=(
        Mutation("route_table_ids", ABSENT, on=lambda one, _: one.get("vpc_endpoint_type", "Gateway") == "Gateway"),
    ),
)
