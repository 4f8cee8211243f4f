"""Where a deployment goes: real AWS, or an emulated account on this machine.

The one object that knows. No module and no sentence of a stack asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdktf_cdktf_provider_aws.provider import AwsProviderEndpoints

from messages import UserError

EMULATED_SERVICES = (
    "accessanalyzer",
    "acm",
    "applicationautoscaling",
    "backup",
    "budgets",
    "cloudtrail",
    "cloudwatch",
    "configservice",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "elasticache",
    "elbv2",
    "events",
    "guardduty",
    "iam",
    "inspector2",
    "kms",
    "logs",
    "rds",
    "resourcegroupstaggingapi",
    "route53",
    "s3",
    "s3_control",
    "secretsmanager",
    "securityhub",
    "servicediscovery",
    "sns",
    "sqs",
    "ssm",
    "sts",
    "wafv2",
)


BESIDE_THE_STACK = "."
AT_THE_ROOT = "../../.."
"""From cdktf.out/stacks/<stack>/: relative, so that the JSON is the same on every machine."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Real AWS, or an emulated account at `emulator_url`, for example http://127.0.0.1:5755."""

    emulator_url: str | None = None

    @property
    def provider(self) -> Mapping[str, Any]:
        """What the provider needs beyond what an environment says: nothing on AWS.

        Credentials come from the process, as for a real account; the emulator takes
        AWS_ACCESS_KEY_ID for the account's number. The HTTP proxy catches S3 Control,
        whose host name carries that number. Few retries: an emulator that says no means it.
        """
        if self.emulator_url is None:
            return {}
        return {
            "skip_credentials_validation": True,
            "skip_region_validation": True,
            "skip_metadata_api_check": "true",
            "s3_use_path_style": True,
            "max_retries": 3,
            "retry_mode": "standard",
            "http_proxy": self.emulator_url,
            "https_proxy": "",
            "endpoints": [AwsProviderEndpoints(**dict.fromkeys(EMULATED_SERVICES, self.emulator_url))],
        }

    @property
    def backend(self) -> Mapping[str, Any]:
        """What the S3 backend needs beyond bucket and key: nothing on AWS."""
        if self.emulator_url is None:
            return {}
        return {
            "skip_credentials_validation": True,
            "skip_region_validation": True,
            "skip_metadata_api_check": True,
            "skip_requesting_account_id": True,
            "use_path_style": True,
            "endpoints": dict.fromkeys(("s3", "sts", "iam"), self.emulator_url),
        }

    @property
    def local_state_folder(self) -> str:
        """Where a stack that has no bucket yet keeps its state; an emulated account does not outlive its stack."""
        return AT_THE_ROOT if self.emulator_url is None else BESIDE_THE_STACK


def named(name: str, emulator_url: str) -> Target:
    """The target a person asked for by TARGET. Raises UserError for any other word."""
    if name == "aws":
        return Target()
    if name == "emulator":
        return Target(emulator_url=emulator_url)
    raise UserError("TARGET cannot be used", f"found {name!r}", hint="set TARGET to aws or to emulator")
