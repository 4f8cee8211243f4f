"""What only the cloud knows is undecided, and what cannot be seen is not accused."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules
from planproof.settings import Settings

BY_ID = {rule.id: rule for rule in rules()}
LATER = "${var.later}"
LEDGER = {"identifier": "ledger"}


@pytest.mark.parametrize(
    ("rule", "resources"),
    [
        ("unwatched-database", {
            "aws_db_instance": {"ledger": LEDGER},
            "aws_cloudwatch_metric_alarm": {
                name: {"namespace": "AWS/RDS", "metric_name": metric, "dimensions": {"DBInstanceIdentifier": LATER}}
                for name, metric in enumerate(("CPUUtilization", "FreeStorageSpace", "DatabaseConnections"))
            },
        }),
        ("alarm-on-nothing", {
            "aws_cloudwatch_metric_alarm": {"refunds": {"namespace": "payflow/refunds", "metric_name": "count"}}
        }),
        ("unknown-dimension", {
            "aws_cloudwatch_metric_alarm": {
                "cpu": {"namespace": "AWS/RDS", "metric_name": "CPUUtilization", "dimensions": LATER}
            }
        }),
        ("uncovered-store", {
            "aws_dynamodb_table": {"entries": {"name": "entries"}},
            "aws_backup_plan": {"main": {"name": "main"}},
            "aws_backup_selection": {"all": {"plan_id": "${aws_backup_plan.main.id}", "resources": LATER}},
        }),
        ("deletable-database", {"aws_db_instance": {"ledger": {**LEDGER, "deletion_protection": LATER}}}),
        ("single-zone-database", {"aws_db_instance": {"ledger": {**LEDGER, "multi_az": LATER}}}),
        ("fleeting-database-backup", {"aws_db_instance": {"ledger": {**LEDGER, "backup_retention_period": LATER}}}),
        ("endless-log", {"aws_cloudwatch_log_group": {"app": {"name": "/app", "retention_in_days": LATER}}}),
        ("container-without-log", {"aws_ecs_task_definition": {"app": {"container_definitions": LATER}}}),
        ("fixed-scaling", {"aws_appautoscaling_target": {"app": {"min_capacity": LATER, "max_capacity": 4}}}),
        ("single-zone-subnet-group", {"aws_db_subnet_group": {"data": {"subnet_ids": [LATER, "${var.other}"]}}}),
        ("private-balancer-subnet", {
            "aws_subnet": {"a": {"cidr_block": "10.0.0.0/24"}},
            "aws_lb": {"door": {"internal": False, "subnets": ["${aws_subnet.a.id}"]}},
        }),
        ("off-pattern-name", {"aws_sqs_queue": {"work": {"name": LATER}}}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_unknown_is_undecided(rule: str, resources: dict[str, Any], settings: Settings) -> None:
    """A plan with unknown values must not stop a deployment, nor pass as proved."""
    raw = {"variable": {"later": {}, "other": {}}, "resource": resources}
    said = judge((parse(raw, name="prod", source="prod"),), [BY_ID[rule]], settings)

    assert [str(one) for one in said.findings] == []
    assert said.defects == []
    assert said.doubts, "the rule says nothing at all"


def test_nothing_is_demanded_of_other_peoples_names() -> None:
    """Without naming and contract in planproof.yaml, those rules hold no opinion about a foreign platform."""
    raw = {"resource": {"aws_sqs_queue": {"work": {"name": "anything"}}, "aws_vpc": {"main": {}}}}
    foreign = [BY_ID[name] for name in ("off-pattern-name", "missing-tag", "unexplained-difference", "lost-resource")]
    said = judge((parse(raw, name="plan", source="plan"),), foreign, Settings())

    assert (said.findings, said.doubts, said.defects) == ([], [], [])
