"""A database or cache may be placed in a subnet with a route to the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.findings import outcomes
from planproof.rule import Addition, ContractRule, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.document import Document
    from planproof.settings import Settings


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """No subnet of a store has a route to an internet gateway or to NAT."""
    yield from outcomes(documents, settings, "isolation")


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="One rule of a group is then all that stands between card data and the internet.",
    fix="Remove the route, or place the store in subnets whose route tables know the VPC only.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    controls=("pci-dss-4.0.1/1.4.4",),
    check=check,
    mutations=(
        Addition(
            "aws_route",
            {
                "route_table_id": "${{victim}.id}",
                "destination_cidr_block": "0.0.0.0/0",
                "gateway_id": "${aws_internet_gateway.main.id}",
            },
            beside="aws_route_table",
            at="destination_cidr_block",
            on=lambda resource, _: resource.address == "aws_route_table.data",
            many=True,
        ),
    ),
    specimen={
        "specimen": {
            "resource": {
                "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
                "aws_internet_gateway": {"main": {"vpc_id": "${aws_vpc.main.id}"}},
                "aws_subnet": {"data": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.2.0/24"}},
                "aws_route_table": {"data": {"vpc_id": "${aws_vpc.main.id}"}},
                "aws_route_table_association": {
                    "data": {"subnet_id": "${aws_subnet.data.id}", "route_table_id": "${aws_route_table.data.id}"},
                },
                "aws_security_group": {"data": {"vpc_id": "${aws_vpc.main.id}"}},
                "aws_db_subnet_group": {"data": {"name": "data", "subnet_ids": ["${aws_subnet.data.id}"]}},
                "aws_db_instance": {
                    "data": {
                        "engine": "postgres",
                        "port": 5432,
                        "db_subnet_group_name": "${aws_db_subnet_group.data.name}",
                        "vpc_security_group_ids": ["${aws_security_group.data.id}"],
                    },
                },
            },
        },
    },
)
