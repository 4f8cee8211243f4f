"""Two environments differ where the contract does not say that they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import undirected
from planproof.document import ABSENT
from planproof.rule import ContractRule, Mutation, Severity

if TYPE_CHECKING:
    pass

check = undirected(None)

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="Nobody decided the difference, so nobody tests what it does to production.",
    fix="Make both environments the same, or add a line to the contract in planproof.yaml that says what may differ.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_tracking_change_management_immutable_infrastructure.html",
    controls=("pci-dss-4.0.1/6.5.1", "pci-dss-4.0.1/2.2.1"),
    check=check,
    mutations=(
        Mutation(
            "engine_version",
            "15.1",
            "aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation("idle_timeout", 4000, "aws_lb", environment="prod"),
        Mutation("idle_timeout", 4000, "aws_lb", environment="staging", many=True),
        Mutation(
            "storage_type",
            ABSENT,
            "aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation(
            "maintenance_window",
            "sat:01:00-sat:02:00",
            "aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation("visibility_timeout_seconds", 5, "aws_sqs_queue", environment="prod"),
        Mutation("container_definitions.0.healthCheck.retries", 9, "aws_ecs_task_definition", environment="prod"),
        Mutation("health_check.0.path", "/", "aws_lb_target_group", environment="prod", at="health_check.path"),
    ),
)
