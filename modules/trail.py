"""The account's memory: who called which AWS API, kept where nobody can change it (PCI DSS 10.2, 10.3)."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.cloudtrail import Cloudtrail
from constructs import Construct

from modules import policies
from modules.boundary import Boundary
from modules.bucket import Bucket
from modules.deployment import PARTITION, Deployment
from modules.flow_log import WRITE_LOGS
from modules.grants import Resource
from modules.key import Key
from modules.log_group import LogGroup
from modules.role import Role

SERVICE = {"Service": "cloudtrail.amazonaws.com"}


class Trail(Construct):
    """One CloudTrail of all regions, validated, in S3 and in CloudWatch Logs.

    Outputs: `trail_name`, `arn`, `bucket`, `log_group`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        key: Key,
        retention_days: int,
        log_retention_days: int,
    ) -> None:
        super().__init__(scope, id)
        name = deployment.name(id)
        source = {"StringEquals": {"aws:SourceArn": deployment.arn("cloudtrail", f"trail/{name}")}}
        bucket_arn = f"arn:{PARTITION}:s3:::{deployment.bucket(id)}"
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
                    "CheckedByCloudTrail", ["s3:GetBucketAcl"], [bucket_arn], principal=SERVICE, condition=source
                ),
                policies.allow(
                    "WrittenByCloudTrail",
                    ["s3:PutObject"],
                    [f"{bucket_arn}/AWSLogs/{deployment.account_id}/*"],
                    principal=SERVICE,
                    condition={"StringEquals": {**source["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control"}},
                ),
            ],
        )
        self.log_group = LogGroup(self, "log", name=f"/cloudtrail/{name}", key=key, retention_days=log_retention_days)
        role = Role(self, "writer", deployment=deployment, boundary=boundary, component=id, service="cloudtrail")
        role.grants.allow(WRITE_LOGS, Resource("trail-log", (f"{self.log_group.arn}:*",)), "write each call to the log")
        trail = Cloudtrail(
            self,
            "trail",
            name=name,
            s3_bucket_name=bucket.name,
            kms_key_id=key.arn,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            enable_logging=True,
            cloud_watch_logs_group_arn=f"{self.log_group.arn}:*",
            cloud_watch_logs_role_arn=role.arn,
            depends_on=[bucket.policy],
        )
        self.trail_name: str = trail.name
        self.arn: str = trail.arn
        self.bucket: str = bucket.name
