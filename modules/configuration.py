"""AWS Config: how every resource was configured at any time (PCI DSS 2.2, 11.5)."""

from __future__ import annotations

from cdktf import TerraformResource
from cdktf_cdktf_provider_aws.config_config_rule import ConfigConfigRule, ConfigConfigRuleSource
from cdktf_cdktf_provider_aws.config_configuration_recorder import (
    ConfigConfigurationRecorder,
    ConfigConfigurationRecorderRecordingGroup,
)
from cdktf_cdktf_provider_aws.config_configuration_recorder_status import ConfigConfigurationRecorderStatus
from cdktf_cdktf_provider_aws.config_delivery_channel import ConfigDeliveryChannel
from cdktf_cdktf_provider_aws.iam_service_linked_role import IamServiceLinkedRole
from constructs import Construct

from modules import policies
from modules.bucket import Bucket
from modules.deployment import PARTITION, Deployment
from modules.key import Key

SERVICE = {"Service": "config.amazonaws.com"}
RULES = {
    "cloud-trail-enabled": "CLOUD_TRAIL_ENABLED",
    "encrypted-volumes": "ENCRYPTED_VOLUMES",
    "iam-root-access-key-check": "IAM_ROOT_ACCESS_KEY_CHECK",
    "rds-instance-public-access-check": "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
    "rds-storage-encrypted": "RDS_STORAGE_ENCRYPTED",
    "root-account-mfa-enabled": "ROOT_ACCOUNT_MFA_ENABLED",
    "s3-bucket-public-read-prohibited": "S3_BUCKET_PUBLIC_READ_PROHIBITED",
    "vpc-default-security-group-closed": "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
}
"""https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html"""


class Configuration(Construct):
    """The recorder of the account, where it writes, and the rules it judges by."""

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, key: Key, retention_days: int) -> None:
        super().__init__(scope, id)
        role = IamServiceLinkedRole(self, "role", aws_service_name="config.amazonaws.com")
        arn = f"arn:{PARTITION}:s3:::{deployment.bucket(id)}"
        source = {"StringEquals": {"aws:SourceAccount": deployment.account_id}}
        bucket = Bucket(
            self,
            "bucket",
            deployment=deployment,
            component=id,
            key=key,
            old_version_days=retention_days,
            expire_days=retention_days,
            statements=[
                policies.allow(
                    "CheckedByConfig",
                    ["s3:GetBucketAcl", "s3:ListBucket"],
                    [arn],
                    principal=SERVICE,
                    condition=source,
                ),
                policies.allow(
                    "WrittenByConfig",
                    ["s3:PutObject"],
                    [f"{arn}/AWSLogs/{deployment.account_id}/Config/*"],
                    principal=SERVICE,
                    condition={"StringEquals": {**source["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control"}},
                ),
            ],
        )
        recorder = ConfigConfigurationRecorder(
            self,
            "recorder",
            name=deployment.name(id),
            role_arn=role.arn,
            recording_group=ConfigConfigurationRecorderRecordingGroup(
                all_supported=True, include_global_resource_types=True
            ),
        )
        channel = ConfigDeliveryChannel(
            self,
            "channel",
            name=deployment.name(id),
            s3_bucket_name=bucket.name,
            s3_kms_key_arn=key.arn,
            depends_on=[recorder, bucket.policy],
        )
        on = ConfigConfigurationRecorderStatus(self, "on", name=recorder.name, is_enabled=True, depends_on=[channel])
        for rule, identifier in RULES.items():
            _judged_by(self, rule, deployment.name(rule), identifier, on)
        self.recorder_name: str = recorder.name


def _judged_by(scope: Construct, id: str, name: str, identifier: str, recorder: TerraformResource) -> None:
    ConfigConfigRule(
        scope,
        id,
        name=name,
        source=ConfigConfigRuleSource(owner="AWS", source_identifier=identifier),
        depends_on=[recorder],
    )
