"""How it is watched, kept, audited and paid for: the operations of one environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from environments.capacity import Percent
from environments.settings import Each, Settings

RetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
"""What CloudWatch Logs accepts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"""

LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
"""One part of a domain name, between two dots."""

Email = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@({LABEL}\.)+[a-z]{{2,}}$")]


class DomainSettings(Settings):
    """The public name of the environment; its zone is created with the remote state."""

    name: str = Field(
        max_length=253, pattern=rf"^({LABEL}\.)+[a-z]{{2,}}$", description="for example staging.pay.example.com"
    )


class LoadBalancerSettings(Settings):
    """The public entrance."""

    idle_timeout_seconds: int = Field(default=60, ge=1, le=4000)
    access_log_retention_days: int = Field(default=365, ge=1, le=3653)
    waf: bool = Field(default=True, description="managed rule groups and a rate limit in front")
    requests_per_5_minutes: int = Field(default=2000, ge=10, le=20_000_000, description="per address, then blocked")


class MonitoringSettings(Settings):
    """How long logs are kept, when a person is woken, and who."""

    log_retention_days: RetentionDays = 365
    recipients: Each[Email] = Field(min_length=1)
    cpu_percent: Percent = 80
    memory_percent: Percent = 85
    server_errors_per_minute: int = Field(default=5, ge=1)
    latency_seconds: float = Field(default=1.0, gt=0, le=60, description="p99 of the load balancer's targets")
    free_storage_percent: Percent = 20
    database_connections: int = Field(default=200, ge=10, description="open at once")
    oldest_message_seconds: int = Field(default=300, ge=60)


class BackupSettings(Settings):
    """AWS Backup, beside the stores' own backups."""

    retention_days: int = Field(default=35, ge=1, le=3653)
    lock: bool = Field(default=True, description="vault lock: nobody shortens the retention")
    copy_region: str | None = Field(default=None, pattern=r"^[a-z]{2}-[a-z]+-[0-9]$", description="second copy")


class AuditSettings(Settings):
    """The account's witnesses. Off only where another stack of the account runs them."""

    trail: bool = True
    config: bool = True
    guardduty: bool = True
    security_hub: bool = True
    access_analyzer: bool = True
    inspector: bool = True
    log_retention_days: int = Field(default=400, ge=90, le=3653, description="of the trail and of Config, in S3")


class BudgetSettings(Settings):
    """What the environment may cost."""

    monthly_limit_usd: int = Field(ge=1)
    forecast_alert_percent: Percent = 90


class KeySettings(Settings):
    """The KMS keys."""

    deletion_window_days: int = Field(default=30, ge=7, le=30)


class StateSettings(Settings):
    """The bucket that keeps the Terraform state."""

    old_version_days: int = Field(default=365, ge=30, le=3653)
