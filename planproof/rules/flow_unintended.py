"""Somebody reaches a service or a store who has no business there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.findings import outcomes
from planproof.rule import Addition, ContractRule, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.document import Document
    from planproof.settings import Settings


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Exactly the intended callers reach each protected host, and every declared denial holds."""
    yield from outcomes(documents, settings, "exposure", "denial")


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="Whoever takes over the stranger can talk to the store directly, past every service that guards it.",
    fix="Close the rule that the finding names, or declare the flow in planproof.yaml under connectivity.flows.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    controls=("pci-dss-4.0.1/1.3.1", "pci-dss-4.0.1/1.4.4"),
    check=check,
    mutations=(
        Addition(
            "aws_vpc_security_group_ingress_rule",
            {
                "security_group_id": "${{victim}.id}",
                "ip_protocol": "tcp",
                "from_port": 5432,
                "to_port": 5432,
                "cidr_ipv4": "10.0.0.0/8",
            },
            beside="aws_security_group",
            at="from_port",
            on=lambda resource, _: (
                "database_connections_group" in resource.address or resource.address == "aws_security_group.data"
            ),
            many=True,
        ),
    ),
    specimen={
        "specimen": {
            "resource": {
                "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
                "aws_subnet": {
                    "app": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.1.0/24"},
                    "data": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.2.0/24"},
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
