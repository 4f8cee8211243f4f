"""Where a deployment goes: real AWS, or an emulated account on this machine.

The one object that knows. No module and no sentence of a stack asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
    "lambda",
    "logs",
    "rds",
    "resourcegroupstaggingapi",
    "route53",
    "s3",
    "s3control",
    "secretsmanager",
    "securityhub",
    "servicediscovery",
    "sns",
    "sqs",
    "ssm",
    "sts",
    "wafv2",
)


@dataclass(frozen=True, kw_only=True)
class Target:
    """What the provider and the backend need beyond what an environment says."""

    provider: Mapping[str, Any] = field(default_factory=dict)
    backend: Mapping[str, Any] = field(default_factory=dict)


AWS = Target()


def emulator(url: str) -> Target:
    """An emulated account at `url`, for example http://localhost:5755.

    The HTTP proxy catches S3 Control, whose host name carries the account
    number; few retries, because an emulator that says no means it.
    """
    skips = {
        "access_key": "emulated",
        "secret_key": "emulated",
        "skip_credentials_validation": True,
        "skip_metadata_api_check": "true",
        "skip_region_validation": True,
    }
    return Target(
        provider={
            **skips,
            "s3_use_path_style": True,
            "max_retries": 3,
            "retry_mode": "standard",
            "http_proxy": url,
            "https_proxy": "",
            "endpoints": [dict.fromkeys(EMULATED_SERVICES, url)],
        },
        backend={
            **skips,
            "skip_metadata_api_check": True,
            "skip_requesting_account_id": True,
            "use_path_style": True,
            "endpoints": {"s3": url, "sts": url, "iam": url},
        },
    )


def named(name: str, emulator_url: str) -> Target:
    """The target a person asked for by TARGET. Raises UserError for any other word."""
    if name == "aws":
        return AWS
    if name == "emulator":
        return emulator(emulator_url)
    raise UserError("TARGET cannot be used", f"found {name!r}", hint="set TARGET to aws or to emulator")
