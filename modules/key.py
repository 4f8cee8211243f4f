"""A customer KMS key for one purpose.

Always: rotated every year, used only by the services it names and by roles that
a sentence of a stack lets use it, deletable only after a waiting period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import TerraformProvider
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from modules import policies
from modules.deployment import Deployment

USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey")


@dataclass(frozen=True)
class User:
    """An AWS service that may use a key, and under which condition: never for somebody else's account."""

    service: str
    condition: policies.Condition


def log_groups(deployment: Deployment) -> User:
    """CloudWatch Logs, for the log groups of this account.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    return User(
        f"logs.{deployment.region}.amazonaws.com",
        {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": deployment.arn("logs", "log-group:*")}},
    )


def trail(deployment: Deployment, name: str) -> User:
    """CloudTrail, for one trail.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    """
    return User(
        "cloudtrail.amazonaws.com", {"StringEquals": {"aws:SourceArn": deployment.arn("cloudtrail", f"trail/{name}")}}
    )


def service(deployment: Deployment, principal: str) -> User:
    """Any other service, on behalf of this account."""
    return User(f"{principal}.amazonaws.com", {"StringEquals": {"aws:SourceAccount": deployment.account_id}})


class Key(Construct):
    """One KMS key and its alias.

    Outputs: `arn`, `alias_arn`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        purpose: str,
        deletion_window_days: int,
        users: Sequence[User] = (),
        provider: TerraformProvider | None = None,
    ) -> None:
        super().__init__(scope, id)
        key = KmsKey(
            self,
            "key",
            provider=provider,
            description=purpose,
            enable_key_rotation=True,
            deletion_window_in_days=deletion_window_days,
            policy=policies.document(
                policies.allow(
                    "LetIamPoliciesOfTheAccountDecide",
                    ["kms:*"],
                    ["*"],
                    principal={"AWS": deployment.global_arn("iam", "root")},
                ),
                *(
                    policies.allow(
                        policies.sid(f"used by {user.service}"),
                        USE,
                        ["*"],
                        principal={"Service": user.service},
                        condition=user.condition,
                    )
                    for user in users
                ),
            ),
            tags={"Name": deployment.name(id)},
        )
        alias = KmsAlias(
            self, "alias", provider=provider, name=f"alias/{deployment.name(id)}", target_key_id=key.key_id
        )
        self.arn: str = key.arn
        self.alias_arn: str = alias.arn
