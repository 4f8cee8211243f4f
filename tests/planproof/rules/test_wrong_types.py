"""What an attribute of a wrong type is taken for: absent, or undecided where its value is not known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules
from planproof.settings import Settings

Body = dict[str, Any]
TASK = "aws_ecs_task_definition"
ALARM = "aws_cloudwatch_metric_alarm"
HARDENED = {"readonlyRootFilesystem": True, "user": "1000"}
SCALED: dict[str, dict[str, Body]] = {
    "aws_ecs_service": {"web": {"desired_count": 2, "lifecycle": "${var.kept}"}},
    "aws_appautoscaling_target": {"web": {"resource_id": "service/main/${aws_ecs_service.web.name}"}},
}


def listed(*containers: Any) -> str:
    """The text of container definitions."""
    return json.dumps(containers)


FOUND: dict[str, tuple[str, dict[str, dict[str, Body]], list[str]]] = {
    "a limit that is a list": (
        "fixed-scaling",
        {"aws_appautoscaling_target": {"web": {"min_capacity": 1, "max_capacity": []}}},
        ["max_capacity"],
    ),
    "a limit that is a word": (
        "fixed-scaling",
        {"aws_appautoscaling_target": {"web": {"min_capacity": "x", "max_capacity": "y"}}},
        ["max_capacity"],
    ),
    "containers that are none": (
        "privileged-container",
        {TASK: {"web": {"container_definitions": listed(1, None, "x", HARDENED, {**HARDENED, "privileged": True})}}},
        ["container_definitions.4.privileged"],
    ),
    "containers that are a text": ("privileged-container", {TASK: {"web": {"container_definitions": "["}}}, []),
    "variables that are a number": (
        "secret-in-environment",
        {
            TASK: {
                "web": {
                    "container_definitions": listed(
                        {"environment": 5}, {"environment": [1, {"name": "PASSWORD", "value": "hunter2-Hunter2"}]}
                    )
                }
            }
        },
        ["container_definitions.1.environment.1.value"],
    ),
    "a lifecycle that is given from outside": ("fought-over-count", SCALED, ["desired_count"]),
    "a protocol that is a list": ("weak-tls-policy", {"aws_lb_listener": {"web": {"protocol": ["HTTPS"]}}}, []),
    "a policy that is a number": (
        "weak-tls-policy",
        {"aws_lb_listener": {"web": {"protocol": "HTTPS", "ssl_policy": 5}}},
        ["ssl_policy"],
    ),
    "dimensions that are a text": (
        "unknown-dimension",
        {ALARM: {"web": {"namespace": "AWS/SQS", "metric_name": "SentMessageSize", "dimensions": "x"}}},
        ["dimensions"],
    ),
    "a metric that is an object": (
        "unknown-metric",
        {ALARM: {"web": {"namespace": "AWS/SQS", "metric_name": {"a": 1}}}},
        ["metric_name"],
    ),
    "accounts that are a truth": ("public-snapshot", {"aws_db_snapshot": {"old": {"shared_accounts": True}}}, []),
    "an acl that is a list": ("public-bucket-acl", {"aws_s3_bucket_acl": {"logs": {"acl": ["public-read"]}}}, []),
}


@pytest.mark.parametrize(("rule", "resources", "paths"), FOUND.values(), ids=FOUND)
def test_a_wrong_type_is_absent(rule: str, resources: dict[str, dict[str, Body]], paths: list[str]) -> None:
    """The rule goes on with what is right beside it, and what must be there and is not is a finding."""
    said = judge((parse({"resource": resources}, name="dev", source="dev.json"),), asked(rule), Settings())

    assert not said.defects, said.defects
    assert [one.path for one in said.findings] == paths


UNKNOWN: dict[str, tuple[str, dict[str, dict[str, Body]]]] = {
    "a container": ("privileged-container", {TASK: {"web": {"container_definitions": '["${var.given}"]'}}}),
    "a protocol": ("weak-tls-policy", {"aws_lb_listener": {"web": {"protocol": "${var.given}"}}}),
    "an acl": ("public-bucket-acl", {"aws_s3_bucket_acl": {"logs": {"acl": "${var.given}"}}}),
    "accounts": ("public-snapshot", {"aws_db_snapshot": {"old": {"shared_accounts": "${var.given}"}}}),
}


@pytest.mark.parametrize(("rule", "resources"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_is_undecided(rule: str, resources: dict[str, dict[str, Body]]) -> None:
    """A value from outside could be the bad one: silence would be taken for right."""
    said = judge((parse({"resource": resources}, name="dev", source="dev.json"),), asked(rule), Settings())

    assert (said.findings, said.defects) == ([], [])
    assert [one.cause for one in said.doubts] == ["var.given is given from outside"]


def asked(rule: str) -> list[Any]:
    """The one rule."""
    return [one for one in rules() if one.id == rule]
