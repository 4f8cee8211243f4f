"""Small accounts to judge: roles with policies, and one task with everything it is given."""

from __future__ import annotations

import json
from typing import Any

from planproof.document import Document, parse

ACCOUNT = "111111111111"
PROVIDER = {"aws": [{"region": "eu-west-1", "allowed_account_ids": [ACCOUNT]}]}
Statement = dict[str, Any]


def allow(actions: str | list[str], resources: str | list[str] = "*", **more: Any) -> Statement:
    """One permission."""
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny(actions: str | list[str], resources: str | list[str] = "*", **more: Any) -> Statement:
    """One prohibition."""
    return {"Effect": "Deny", "Action": actions, "Resource": resources, **more}


def trusts(kind: str, name: str, action: str = "sts:AssumeRole", **more: Any) -> Statement:
    """One statement of a trust policy."""
    return {"Effect": "Allow", "Action": action, "Principal": {kind: name}, **more}


def text(*statements: Statement) -> str:
    """The JSON of a policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def account(roles: dict[str, tuple[Statement, list[Statement]]], **resources: dict[str, Any]) -> Document:
    """A document of roles, each with its trust and its inline policy; further resources by type."""
    role_resources: dict[str, Any] = {}
    policies: dict[str, Any] = {}
    for name, (trust, statements) in roles.items():
        role_resources[name] = {"name": name, "assume_role_policy": text(trust)}
        policies[name] = {"role": f"${{aws_iam_role.{name}.name}}", "policy": text(*statements)}
    every = {"aws_iam_role": role_resources, "aws_iam_role_policy": policies, **resources}
    return parse({"provider": PROVIDER, "resource": every}, name="dev", source="test")


def role_arn(name: str) -> str:
    """The ARN of a role of the account."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def raw_task(**changes: Any) -> dict[str, Any]:
    """A configuration with one task that has exactly what it needs; `changes` replace policies by name."""
    container = {
        "name": "payments",
        "image": "${aws_ecr_repository.payments.repository_url}:1.0.0",
        "environment": [
            {"name": "QUEUE_URL", "value": "${aws_sqs_queue.receipts.url}"},
            {"name": "DATABASE_HOST", "value": "${aws_db_instance.ledger.address}"},
        ],
        "secrets": [{"name": "TOKEN", "valueFrom": "${aws_secretsmanager_secret.token.arn}"}],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {"awslogs-group": "${aws_cloudwatch_log_group.log.name}"},
        },
    }
    policies = {
        "pull": ("execution", [allow("ecr:GetAuthorizationToken"), allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "${aws_ecr_repository.payments.arn}")]),
        "log": ("execution", [allow(["logs:CreateLogStream", "logs:PutLogEvents"],
                                    "${aws_cloudwatch_log_group.log.arn}:*")]),
        "secret": ("execution", [allow("secretsmanager:GetSecretValue", "${aws_secretsmanager_secret.token.arn}"),
                                 allow("kms:Decrypt", "${aws_kms_key.data.arn}")]),
        "send": ("task", [allow("sqs:SendMessage", "${aws_sqs_queue.receipts.arn}"),
                          allow(["kms:GenerateDataKey", "kms:Decrypt"], "${aws_kms_key.data.arn}")]),
        "connect": ("task", [allow(
            "rds-db:connect",
            f"arn:aws:rds-db:eu-west-1:{ACCOUNT}:dbuser:${{aws_db_instance.ledger.resource_id}}/payments")]),
    }  # fmt: skip
    policies |= changes
    key = "${aws_kms_key.data.arn}"
    trust = text(trusts("Service", "ecs-tasks.amazonaws.com"))
    return {
        "provider": PROVIDER,
        "resource": {
            "aws_iam_role": {n: {"name": n, "assume_role_policy": trust} for n in ("execution", "task")},
            "aws_iam_role_policy": {
                name: {"role": f"${{aws_iam_role.{role}.name}}", "policy": text(*statements)}
                for name, (role, statements) in policies.items()
            },
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_ecr_repository": {"payments": {"name": "payments"}},
            "aws_cloudwatch_log_group": {"log": {"name": "/ecs/payments"}},
            "aws_secretsmanager_secret": {"token": {"name": "token", "kms_key_id": key}},
            "aws_sqs_queue": {"receipts": {"name": "receipts", "kms_master_key_id": key}},
            "aws_db_instance": {"ledger": {"identifier": "ledger", "iam_database_authentication_enabled": True}},
            "aws_ecs_task_definition": {
                "payments": {
                    "family": "payments",
                    "task_role_arn": "${aws_iam_role.task.arn}",
                    "execution_role_arn": "${aws_iam_role.execution.arn}",
                    "container_definitions": json.dumps([container]),
                }
            },
        },
    }


def task(**changes: Any) -> Document:
    """The document of `raw_task`."""
    return parse(raw_task(**changes), name="dev", source="test")
