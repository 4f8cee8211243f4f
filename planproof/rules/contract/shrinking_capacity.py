"""An environment is smaller than the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import directed
from planproof.document import ABSENT
from planproof.rule import ContractRule, Mutation, Severity

if TYPE_CHECKING:
    pass

check = directed("capacity")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="What held the load of the rehearsal does not hold the load of the day.",
    fix="Raise the size in the environment's YAML to that of the environment before it.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_tracking_change_management_immutable_infrastructure.html",
    controls=("pci-dss-4.0.1/6.5.1",),
    check=check,
    mutations=(
        Mutation(
            "instance_class",
            "db.t4g.micro",
            "aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation("instance_class", "db.t3.2xlarge", "aws_db_instance", environment="staging", many=True),
        Mutation(
            "allocated_storage",
            10,
            "aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation("max_capacity", 3, "aws_appautoscaling_target", environment="prod"),
        Mutation(
            "cpu", "256", "aws_ecs_task_definition", environment="prod", on=lambda one, _: "payments" in one.address
        ),
        Mutation("node_type", "cache.t4g.micro", "aws_elasticache_replication_group", environment="prod"),
        Mutation("num_cache_clusters", 1, "aws_elasticache_replication_group", environment="prod"),
        Mutation("desired_count", ABSENT, "aws_ecs_service", environment="prod"),
    ),
)
