"""How a deployment keeps the ledger, sessions, queues, secrets, keys and backups, without reading them."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import PARTITION, Deployment


def statements(deployment: Deployment, own: str) -> Statements:
    """The statements of the managed policy."""
    return [
        policies.allow(
            "KeepTheLedger",
            [
                f"rds:{verb}"
                for verb in ("Create*", "Modify*", "Delete*", "AddTagsToResource", "RegisterDBProxyTargets")
            ],
            [deployment.arn("rds", f"{kind}:{own}*") for kind in ("db", "pg", "subgrp", "snapshot", "db-proxy")],
        ),
        policies.allow(
            "KeepTheSessions",
            [f"elasticache:{verb}" for verb in ("Create*", "Modify*", "Delete*", "AddTagsToResource")],
            [
                deployment.arn("elasticache", f"{kind}:{own}*")
                for kind in ("replicationgroup", "subnetgroup", "parametergroup", "user", "usergroup", "snapshot")
            ],
        ),
        policies.allow(
            "KeepTheQueues",
            ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue"],
            [deployment.arn("sqs", own)],
        ),
        policies.allow(
            "KeepTheSecretsWithoutReadingThem",
            [
                "secretsmanager:CreateSecret",
                "secretsmanager:DeleteSecret",
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetResourcePolicy",
                "secretsmanager:TagResource",
                "secretsmanager:UpdateSecret",
            ],
            [deployment.arn("secretsmanager", f"secret:{own}-*"), deployment.arn("secretsmanager", "secret:rds!*")],
        ),
        policies.allow(
            "KeepTheKeys",
            [
                "kms:CreateAlias",
                "kms:CreateGrant",
                "kms:DeleteAlias",
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:EnableKeyRotation",
                "kms:GenerateDataKey",
                "kms:GetKey*",
                "kms:ListResourceTags",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UpdateAlias",
            ],
            [f"arn:{PARTITION}:kms:*:{deployment.account_id}:*"],
        ),
        policies.allow("MakeKeys", ["kms:CreateKey", "kms:ListAliases"], ["*"]),
        policies.allow(
            "KeepTheBackups",
            [f"backup:{verb}" for verb in ("Create*", "Update*", "Delete*", "Put*", "TagResource")],
            [f"arn:{PARTITION}:backup:*:{deployment.account_id}:*"],
        ),
    ]
