"""A service's subnets have no way to the AWS APIs that it cannot start without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.subnets import subnets_at, table, way_out
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


SUBNETS: Final = "network_configuration.0.subnets"
NEEDED: Final = ("ecr.api", "ecr.dkr", "logs")
"""To pull its image and to log: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html"""


def check(service: Resource, document: Document) -> Iterator[Outcome]:
    """A default route, or the endpoints that stand in for it; a public address needs the internet gateway itself."""
    covered = document.once(_is_covered)
    for subnet in subnets_at(service, SUBNETS, document) or ():
        routes = table(subnet, document)
        if routes is None or covered:
            continue
        way = way_out(routes, document)
        if way is None:
            yield Violation(SUBNETS, f"a default route, or endpoints for {', '.join(NEEDED)}", found=subnet.address)
            return


def _is_covered(document: Document) -> bool:
    endpoints = {str(one.get("service_name")) for one in document.of("aws_vpc_endpoint")}
    return all(any(name.endswith(f".{need}") for name in endpoints) for need in NEEDED)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_service",),
    why="Tasks stop before they start: they cannot fetch their image, and there is no log to say so.",
    fix="Route the subnets to a NAT gateway, or name the endpoints in network.interface_endpoints.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    controls=(),
    check=check,
    mutations=(
        Removal("aws_route", at=SUBNETS, on=lambda one, _: one.name == "out"),
        Mutation("destination_cidr_block", "10.9.0.0/16", "aws_route", at=SUBNETS, on=lambda one, _: one.name == "out"),
    ),
    specimen={
        "resource": {
            "aws_nat_gateway": {"out": {"connectivity_type": "public"}},
            "aws_subnet": {"a": {"cidr_block": "10.0.0.0/24"}},
            "aws_route_table": {"a": {}},
            "aws_route_table_association": {
                "a": {"subnet_id": "${aws_subnet.a.id}", "route_table_id": "${aws_route_table.a.id}"}
            },
            "aws_route": {
                "out": {
                    "route_table_id": "${aws_route_table.a.id}",
                    "destination_cidr_block": "0.0.0.0/0",
                    "nat_gateway_id": "${aws_nat_gateway.out.id}",
                }
            },
            "aws_ecs_service": {"payments": {"network_configuration": {"subnets": ["${aws_subnet.a.id}"]}}},
        }
    },
)
