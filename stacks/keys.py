"""One KMS key for each purpose, so that who may read one kind of data may not read another."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf import TerraformStack

from environments import Environment
from modules.deployment import Deployment
from modules.key import Key, User, log_groups, service, trail


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of one environment, by purpose."""

    data: Key
    logs: Key
    secrets: Key
    backup: Key
    alerts: Key


def make_keys(stack: TerraformStack, deployment: Deployment, environment: Environment) -> Keys:
    """Make them, each with the AWS services that use it by themselves."""

    def key(id: str, purpose: str, *users: User) -> Key:
        return Key(
            stack,
            id,
            deployment=deployment,
            purpose=purpose,
            users=users,
            deletion_window_days=environment.keys.deletion_window_days,
        )

    return Keys(
        data=key("data-key", "Payments, sessions, messages and images at rest"),
        logs=key(
            "logs-key",
            "Logs and audit trails at rest",
            log_groups(deployment),
            trail(deployment, deployment.name("trail")),
            service(deployment, "config"),
        ),
        secrets=key("secrets-key", "Secrets at rest"),
        backup=key("backup-key", "Backups at rest", service(deployment, "backup")),
        alerts=key(
            "alerts-key",
            "Alerts at rest",
            *(service(deployment, name) for name in ("backup", "budgets", "cloudwatch", "events")),
        ),
    )
