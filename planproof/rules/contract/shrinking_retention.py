"""An environment keeps something for a shorter time than the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import directed
from planproof.rule import ContractRule, Mutation, Severity

if TYPE_CHECKING:
    pass

check = directed("retention")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="The log or the backup that the rehearsal had is missing where the money is.",
    fix="Raise the number of days in the environment's YAML to that of the environment before it.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    controls=("pci-dss-4.0.1/10.5.1", "pci-dss-4.0.1/6.5.1"),
    check=check,
    mutations=(
        Mutation(
            "retention_in_days",
            7,
            "aws_cloudwatch_log_group",
            environment="staging",
            on=lambda one, _: "firewall" not in one.address,
        ),
        Mutation(
            "retention_in_days",
            30,
            "aws_cloudwatch_log_group",
            environment="prod",
            on=lambda one, _: "replica" not in one.address and "reader" not in one.address,
        ),
        Mutation(
            "backup_retention_period",
            8,
            "aws_db_instance",
            environment="prod",
            on=lambda one, _: one.get("replicate_source_db") is None,
        ),
        Mutation(
            "rule.0.lifecycle.0.delete_after",
            8,
            "aws_backup_plan",
            environment="prod",
            at="rule.0.lifecycle.delete_after",
        ),
        Mutation("snapshot_retention_limit", 2, "aws_elasticache_replication_group", environment="prod"),
        Mutation("message_retention_seconds", 60, "aws_sqs_queue", environment="prod"),
        Mutation(
            "deletion_window_in_days", 7, "aws_kms_key", environment="prod", on=lambda one, _: "copy" not in one.address
        ),
    ),
)
