"""A connection that the platform needs cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.connectivity.findings import outcomes
from planproof.rule import ContractRule, Filter, Mutation, Outcome, Removal, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.document import Document, Resource
    from planproof.settings import Settings


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every flow that is inferred or declared, and the network it runs on."""
    yield from outcomes(documents, settings, "flow", "network")


def called(word: str) -> Filter:
    """Choose the resources whose address holds a word."""

    def chosen(resource: Resource, document: Document) -> bool:
        del document
        return word in resource.address

    return chosen


CALLER = {
    "name": "api",
    "task_definition": "${aws_ecs_task_definition.api.arn}",
    "network_configuration": {
        "subnets": ["${aws_subnet.app.id}"],
        "security_groups": ["${aws_security_group.api.id}"],
    },
}
DOOR = {"from_port": 5432, "to_port": 5432, "ip_protocol": "tcp"}

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="The deployment succeeds and the application does not work: the caller waits until it times out.",
    fix="Make the change that the finding names; planproof reach FROM TO --explain shows every hop.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html",
    controls=("pci-dss-4.0.1/1.2.5",),
    check=check,
    mutations=(
        Mutation("port", 6000, type="aws_db_instance", at="from_port", environment="staging", many=True),
        Removal("aws_vpc_security_group_ingress_rule", at="ingress", many=True, on=called("specimen_door")),
    ),
    specimen={
        "specimen": {
            "resource": {
                "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
                "aws_subnet": {
                    "app": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.1.0/24"},
                    "data": {"vpc_id": "${aws_vpc.main.id}", "cidr_block": "10.0.2.0/24"},
                },
                "aws_security_group": {
                    "api": {"vpc_id": "${aws_vpc.main.id}"},
                    "data": {"vpc_id": "${aws_vpc.main.id}"},
                },
                "aws_vpc_security_group_egress_rule": {
                    "out": {
                        **DOOR,
                        "security_group_id": "${aws_security_group.api.id}",
                        "referenced_security_group_id": "${aws_security_group.data.id}",
                    },
                },
                "aws_vpc_security_group_ingress_rule": {
                    "specimen_door": {
                        **DOOR,
                        "security_group_id": "${aws_security_group.data.id}",
                        "referenced_security_group_id": "${aws_security_group.api.id}",
                    },
                },
                "aws_db_subnet_group": {"data": {"name": "data", "subnet_ids": ["${aws_subnet.data.id}"]}},
                "aws_db_instance": {
                    "data": {
                        "engine": "postgres",
                        "port": 5432,
                        "db_subnet_group_name": "${aws_db_subnet_group.data.name}",
                        "vpc_security_group_ids": ["${aws_security_group.data.id}"],
                    },
                },
                "aws_ecs_task_definition": {
                    "api": {
                        "container_definitions": '[{"name": "api", "environment": '
                        '[{"name": "HOST", "value": "${aws_db_instance.data.address}"}]}]',
                    },
                },
                "aws_ecs_service": {"api": CALLER},
            },
        },
    },
)
