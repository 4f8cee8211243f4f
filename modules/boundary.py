"""The most that any role of the running platform can ever do, whatever its policies say.

It names the actions of the data plane. Nothing in it changes IAM, keys, networks
or the audit trail, so a taken-over task cannot widen its own reach.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from constructs import Construct

from modules import policies
from modules.deployment import Deployment

RUNTIME_ACTIONS = (
    "backup:CopyIntoBackupVault",
    "backup:DescribeBackupVault",
    "backup:TagResource",
    "cloudwatch:PutMetricData",
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
    "elasticache:Connect",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKey",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:PutRetentionPolicy",
    "rds-db:connect",
    "rds:AddTagsToResource",
    "rds:CopyDBSnapshot",
    "rds:CreateDBSnapshot",
    "rds:DeleteDBSnapshot",
    "rds:DescribeDBInstances",
    "rds:DescribeDBSnapshots",
    "rds:ListTagsForResource",
    "rds:ModifyDBInstance",
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
)


class Boundary(Construct):
    """The permission boundary of every service role.

    Outputs: `arn`.
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment) -> None:
        super().__init__(scope, id)
        self.arn: str = IamPolicy(
            self,
            "policy",
            name=deployment.name(id),
            description="The most that a role of the running platform can do",
            policy=policies.document(
                policies.allow("DataPlaneOnly", RUNTIME_ACTIONS, ["*"]),
                policies.deny(
                    "NeverChangeWhoMayDoWhat",
                    ["iam:*", "organizations:*", "sts:AssumeRole", "cloudtrail:*", "kms:ScheduleKeyDeletion"],
                    ["*"],
                ),
            ),
        ).arn
