"""What a task that is given the address of a thing may need to do with it, as data.

Sources: the service authorization reference; key use of SQS
(https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html), of S3
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html) and of SNS
(https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct


class Use(Struct, frozen=True):
    """One way to use a thing: what it takes on the thing, and on the key that encrypts it."""

    actions: tuple[str, ...]
    key_actions: tuple[str, ...] = ()


class Given(Struct, frozen=True):
    """The ways to use a kind of thing; one of them must be possible, more may be."""

    uses: tuple[Use, ...]
    useful: tuple[str, ...] = ()
    parts: tuple[str, ...] = ("",)  # what follows the ARN: "" is the thing, "/*" its objects
    key: str = ""  # the attribute that holds the key


DATA_KEY: Final = ("kms:GenerateDataKey", "kms:Decrypt")

GIVEN: Final[Mapping[str, Given]] = {
    "aws_sqs_queue": Given(
        uses=(
            Use(("sqs:SendMessage",), DATA_KEY),
            Use(("sqs:ReceiveMessage", "sqs:DeleteMessage"), ("kms:Decrypt",)),
        ),
        useful=("sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"),
        key="kms_master_key_id",
    ),
    "aws_sns_topic": Given(
        uses=(Use(("sns:Publish",), DATA_KEY),),
        useful=("sns:GetTopicAttributes",),
        key="kms_master_key_id",
    ),
    "aws_s3_bucket": Given(
        uses=(Use(("s3:GetObject",), ("kms:Decrypt",)), Use(("s3:PutObject",), DATA_KEY)),
        useful=(
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetBucketLocation",
            "s3:GetObjectVersion",
            "s3:ListBucket",
            "s3:ListMultipartUploadParts",
        ),
        parts=("/*", ""),
    ),
    "aws_dynamodb_table": Given(
        uses=(
            Use(("dynamodb:GetItem",)),
            Use(("dynamodb:Query",)),
            Use(("dynamodb:PutItem",)),
            Use(("dynamodb:UpdateItem",)),
        ),
        useful=(
            "dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:DescribeTable",
        ),
        parts=("", "/index/*"),
        key="server_side_encryption.kms_key_arn",
    ),
    "aws_secretsmanager_secret": Given(
        uses=(Use(("secretsmanager:GetSecretValue",), ("kms:Decrypt",)),),
        useful=("secretsmanager:DescribeSecret",),
        key="kms_key_id",
    ),
    "aws_ssm_parameter": Given(
        uses=(Use(("ssm:GetParameter",), ("kms:Decrypt",)), Use(("ssm:GetParameters",), ("kms:Decrypt",))),
        useful=("ssm:GetParametersByPath",),
        key="key_id",
    ),
    "aws_kms_key": Given(
        uses=(Use(("kms:Decrypt",)), Use(("kms:Encrypt",)), Use(("kms:GenerateDataKey",)), Use(("kms:Sign",))),
        useful=("kms:DescribeKey", "kms:Verify", "kms:ReEncryptFrom", "kms:ReEncryptTo"),
    ),
}

# What every task of a service with execute-command needs on `*`.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
EXEC: Final = (
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
# What a task may do with telemetry on `*`: these actions take no narrower resource.
TELEMETRY: Final = (
    "cloudwatch:PutMetricData",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
)
