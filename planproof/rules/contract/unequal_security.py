"""An environment is secured in another way than the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import undirected
from planproof.rule import ContractRule, Mutation, Severity

if TYPE_CHECKING:
    pass

check = undirected("equal")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="What the penetration test found safe in the rehearsal is not what stands in production.",
    fix="Make both environments the same; if they must differ, say so in the contract of planproof.yaml.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_tracking_change_management_immutable_infrastructure.html",
    controls=("pci-dss-4.0.1/6.5.1", "pci-dss-4.0.1/2.2.1", "pci-dss-4.0.1/1.2.2"),
    check=check,
    mutations=(
        Mutation(
            "to_port",
            9999,
            "aws_vpc_security_group_ingress_rule",
            environment="prod",
            on=lambda one, _: "entrance" in one.address or "cache_" in one.address,
        ),
        Mutation(
            "enable_key_rotation",
            value=False,
            type="aws_kms_key",
            environment="prod",
            on=lambda one, _: "copy" not in one.address,
        ),
        Mutation("ssl_policy", "ELBSecurityPolicy-2016-08", "aws_lb_listener", environment="prod"),
        Mutation("storage_encrypted", value=False, type="aws_db_instance", environment="staging", many=True),
        Mutation("container_definitions.0.user", "0:0", "aws_ecs_task_definition", environment="prod"),
        Mutation("policy.Version", "2008-10-17", "aws_sqs_queue_policy", environment="prod"),
    ),
)
