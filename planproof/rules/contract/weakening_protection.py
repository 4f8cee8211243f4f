"""An environment is protected less than the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import directed
from planproof.document import ABSENT
from planproof.rule import ContractRule, Mutation, Severity

if TYPE_CHECKING:
    pass

check = directed("protection")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="The safeguard was on where nothing could be lost.",
    fix="Remove the line of the environment's YAML that turns the protection off.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_tracking_change_management_immutable_infrastructure.html",
    controls=("pci-dss-4.0.1/6.5.1", "pci-dss-4.0.1/2.2.1"),
    check=check,
    mutations=(
        Mutation(
            "deletion_protection",
            value=False,
            type="aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation("enable_deletion_protection", value=False, type="aws_lb", environment="prod"),
        Mutation("enable_deletion_protection", ABSENT, "aws_lb", environment="prod"),
        Mutation("force_destroy", value=True, type="aws_s3_bucket", environment="prod"),
        Mutation("force_delete", value=True, type="aws_ecr_repository", environment="prod"),
        Mutation("monitoring_interval", 0, "aws_db_instance", environment="staging", at="monitoring_interval"),
    ),
)
