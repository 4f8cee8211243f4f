"""How a deployment reads, writes and locks the state, and keeps the buckets."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import PARTITION, Deployment


def statements(deployment: Deployment) -> Statements:
    """The statements of the managed policy."""
    bucket = f"arn:{PARTITION}:s3:::{deployment.bucket('state')}"
    others = [
        f"arn:{PARTITION}:s3:::{deployment.bucket(component)}"
        for component in ("access-logs", "trail", "configuration")
    ]
    return [
        policies.allow("FindTheState", ["s3:ListBucket", "s3:GetBucketVersioning"], [bucket]),
        policies.allow(
            "WriteAndLockTheState", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], [f"{bucket}/platform.tfstate*"]
        ),
        policies.allow(
            "KeepTheBuckets",
            [
                "s3:CreateBucket",
                "s3:GetAccelerateConfiguration",
                "s3:GetBucket*",
                "s3:GetEncryptionConfiguration",
                "s3:GetLifecycleConfiguration",
                "s3:GetReplicationConfiguration",
                "s3:PutBucket*",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
            ],
            others,
        ),
        policies.allow(
            "BlockPublicAccess",
            ["s3:GetAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
            ["*"],
        ),
    ]
