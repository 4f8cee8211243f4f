"""An environment stands in fewer zones than the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import directed
from planproof.document import ABSENT
from planproof.rule import ContractRule, Mutation, Severity

if TYPE_CHECKING:
    pass

check = directed("zones")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="The loss of a data centre that the rehearsal survives stops production.",
    fix="Name at least as many zones in the environment's YAML as the environment before it has.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
    controls=("pci-dss-4.0.1/6.5.1",),
    check=check,
    mutations=(
        Mutation(
            "multi_az",
            value=False,
            type="aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation("subnet_ids.2", ABSENT, "aws_db_subnet_group", at="subnet_ids", environment="prod"),
        Mutation("subnets.2", ABSENT, "aws_lb", at="subnets", environment="prod"),
        Mutation(
            "network_configuration.0.subnets.2",
            ABSENT,
            "aws_ecs_service",
            at="network_configuration.subnets",
            environment="prod",
        ),
        Mutation(
            "subnet_ids.2",
            ABSENT,
            "aws_vpc_endpoint",
            at="subnet_ids",
            environment="prod",
            on=lambda one, _: one.get("subnet_ids") is not None,
        ),
        Mutation(
            "egress.8",
            ABSENT,
            "aws_network_acl",
            at="egress",
            environment="prod",
            on=lambda one, _: "database" in one.address,
        ),
    ),
)
