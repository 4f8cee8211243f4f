"""A CloudWatch log group: always encrypted with our key, always with an end."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from constructs import Construct

from modules.key import Key


class LogGroup(Construct):
    """One log group.

    Outputs: `name`, `arn`, `resource` (for those that need it to exist first).
    """

    def __init__(self, scope: Construct, id: str, *, name: str, key: Key, retention_days: int) -> None:
        super().__init__(scope, id)
        self.resource = CloudwatchLogGroup(
            self, "group", name=name, kms_key_id=key.arn, retention_in_days=retention_days
        )
        self.name: str = self.resource.name
        self.arn: str = self.resource.arn
