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
SUBNETS = {zone: {"cidr_block": f"10.0.{n}.0/24", "availability_zone": zone} for n, zone in enumerate(("a", "b"))}
DOOR = {"security_group_id": "${aws_security_group.data.id}", "ip_protocol": "tcp", "from_port": 1, "to_port": 1}
ENTRY = {"rule_no": 10, "action": "allow", "protocol": "tcp", "cidr_block": "10.0.0.0/8", "from_port": 1, "to_port": 1}


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
        ("silent-alarm", {"aws_cloudwatch_metric_alarm": {"cpu": {"alarm_actions": LATER}}}),
        ("single-zone-balancer", {
            "aws_subnet": SUBNETS,
            "aws_lb": {"door": {"subnets": ["${aws_subnet.a.id}", LATER]}},
        }),
        ("single-zone-balancer", {
            "aws_subnet": {"a": {"availability_zone": LATER}, "b": {"availability_zone": "b"}},
            "aws_lb": {"door": {"subnets": ["${aws_subnet.a.id}", "${aws_subnet.b.id}"]}},
        }),
        ("shadowed-acl-rule", {"aws_network_acl": {"main": {"ingress": [ENTRY, {**ENTRY, "from_port": LATER}]}}}),
        ("redundant-group-rule", {
            "aws_security_group": {"data": {}},
            "aws_vpc_security_group_ingress_rule": {
                "one": {**DOOR, "cidr_ipv4": LATER}, "two": {**DOOR, "cidr_ipv4": "10.0.0.0/8"}
            },
        }),
        ("default-administrator", {"aws_db_instance": {"ledger": {**LEDGER, "username": LATER}}}),
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


@pytest.mark.parametrize(
    ("rule", "resources"),
    [
        ("single-zone-balancer", {
            "aws_subnet": SUBNETS,
            "aws_lb": {"door": {"subnets": ["${aws_subnet.a.id}", "${aws_subnet.b.id}", LATER]}},
        }),
        ("silent-alarm", {"aws_cloudwatch_metric_alarm": {"cpu": {"alarm_actions": [LATER]}}}),
        ("shadowed-acl-rule", {"aws_network_acl": {"main": {"ingress": [{**ENTRY, "from_port": LATER}]}}}),
        ("redundant-group-rule", {
            "aws_security_group": {"data": {}},
            "aws_vpc_security_group_ingress_rule": {
                "one": {**DOOR, "cidr_ipv4": LATER},
                "two": {**DOOR, "from_port": 2, "to_port": 2, "cidr_ipv4": "10.0.0.0/8"},
                "three": {**DOOR, "referenced_security_group_id": "${aws_security_group.data.id}"},
            },
        }),
        ("unauthenticated-cache", {
            "aws_elasticache_replication_group": {"main": {"user_group_ids": LATER, "auth_token": LATER}}
        }),
        ("unrouted-gateway-endpoint", {
            "aws_vpc_endpoint": {"main": {"route_table_ids": LATER}},
            "aws_vpc_endpoint_route_table_association": {"main": {"vpc_endpoint_id": "${aws_vpc_endpoint.main.id}"}},
        }),
        ("impossible-alarm", {"aws_cloudwatch_metric_alarm": {"cpu": {"evaluation_periods": LATER}}}),
        ("endless-growth", {
            "aws_appautoscaling_target": {"app": {"resource_id": "service/main/app"}},
            "aws_appautoscaling_policy": {
                name: {
                    "resource_id": "service/main/app",
                    "target_tracking_scaling_policy_configuration": {"disable_scale_in": value},
                }
                for name, value in (("one", LATER), ("two", False))
            },
        }),
        ("mismatched-tier", {
            "aws_subnet": {"a": {}},
            "aws_route_table_association": {"a": {"subnet_id": "${aws_subnet.a.id}", "route_table_id": LATER}},
        }),
        ("role-of-several-services", {"aws_ecs_task_definition": {"app": {"family": "app", "task_role_arn": LATER}}}),
        ("moving-image-tag", {
            "aws_ecs_task_definition": {"app": {"container_definitions": '[{"image": "${var.later}/app:1.2.0"}]'}}
        }),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_unknown_that_cannot_matter_is_left_alone(rule: str, resources: dict[str, Any], settings: Settings) -> None:
    """A doubt that no value of the variable could make true is noise, and noise hides the doubts that count."""
    raw = {"variable": {"later": {}}, "resource": resources}
    said = judge((parse(raw, name="prod", source="prod"),), [BY_ID[rule]], settings)

    assert (said.findings, said.doubts, said.defects) == ([], [], [])


@pytest.mark.parametrize("same", [LATER, "arn:aws:iam::111111111111:role/app"])
def test_one_role_from_outside_is_one_role(same: str, settings: Settings) -> None:
    """Two places that name the same variable have the same role, whatever the variable holds."""
    task = {"family": "app", "task_role_arn": same, "execution_role_arn": same}
    raw = {"variable": {"later": {}}, "resource": {"aws_ecs_task_definition": {"app": task}}}
    said = judge((parse(raw, name="prod", source="prod"),), [BY_ID["shared-task-role"]], settings)

    assert [one.path for one in said.findings] == ["task_role_arn"]


def test_subnets_that_terraform_cuts_are_compared(settings: Settings) -> None:
    """`cidrsubnet` of known numbers is a known block; AWS refuses the second of two that overlap."""
    subnets = {
        "a": '${cidrsubnet("10.0.0.0/16", 8, 1)}',
        "b": "10.0.1.128/25",
        "c": '${cidrsubnet("10.0.0.0/16", 8, 2)}',
    }
    raw = {
        "resource": {
            "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
            "aws_subnet": {
                name: {"vpc_id": "${aws_vpc.main.id}", "cidr_block": block} for name, block in subnets.items()
            },
        }
    }
    said = judge((parse(raw, name="prod", source="prod"),), [BY_ID["overlapping-subnets"]], settings)

    assert [one.resource.name for one in said.findings] == ["b"]


def test_nothing_is_demanded_of_other_peoples_names() -> None:
    """Without naming and contract in planproof.yaml, those rules hold no opinion about a foreign platform."""
    raw = {"resource": {"aws_sqs_queue": {"work": {"name": "anything"}}, "aws_vpc": {"main": {}}}}
    foreign = [BY_ID[name] for name in ("off-pattern-name", "missing-tag", "unexplained-difference", "lost-resource")]
    said = judge((parse(raw, name="plan", source="plan"),), foreign, Settings())

    assert (said.findings, said.doubts, said.defects) == ([], [], [])
