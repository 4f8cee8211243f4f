"""Who watches, remembers and keeps copies in one environment."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf import TerraformProvider, TerraformStack

from environments import Environment
from modules.account import Account
from modules.backup import Backup, Vault
from modules.boundary import Boundary
from modules.configuration import Configuration
from modules.deployment import Deployment
from modules.detection import Detection
from modules.key import Key
from modules.topic import Topic
from modules.trail import Trail
from stacks.keys import Keys
from stacks.stores import Stores


@dataclass(frozen=True, kw_only=True)
class Witnesses:
    """What the outputs and the alarms name."""

    trail: Trail | None
    backup: Backup


def make_witnesses(  # noqa: PLR0917
    stack: TerraformStack,
    deployment: Deployment,
    environment: Environment,
    boundary: Boundary,
    keys: Keys,
    stores: Stores,
    topic: Topic,
    copy_provider: TerraformProvider | None,
) -> Witnesses:
    """Make the account's settings, the trail, Config and the detectors that are on, and the backups."""
    audit = environment.audit
    Account(stack, "account")
    Detection(stack, "detection", deployment=deployment, settings=audit)
    if audit.config:
        Configuration(
            stack,
            "configuration",
            deployment=deployment,
            key=keys.logs,
            retention_days=audit.log_retention_days,
        )
    trail = None
    if audit.trail:
        trail = Trail(
            stack,
            "trail",
            deployment=deployment,
            boundary=boundary,
            key=keys.logs,
            retention_days=audit.log_retention_days,
            log_retention_days=environment.monitoring.log_retention_days,
        )
    return Witnesses(
        trail=trail,
        backup=_backup(stack, deployment, environment, boundary, keys, stores, topic, copy_provider),
    )


def _backup(  # noqa: PLR0917
    stack: TerraformStack,
    deployment: Deployment,
    environment: Environment,
    boundary: Boundary,
    keys: Keys,
    stores: Stores,
    topic: Topic,
    copy_provider: TerraformProvider | None,
) -> Backup:
    second = None
    if copy_provider is not None:
        second_key = Key(
            stack,
            "backup-copy-key",
            deployment=deployment,
            purpose="The second copy of the backups at rest",
            deletion_window_days=environment.keys.deletion_window_days,
            provider=copy_provider,
        )
        second = Vault(
            stack,
            "vault-copy",
            deployment=deployment,
            key=second_key,
            settings=environment.backup,
            provider=copy_provider,
        )
    return Backup(
        stack,
        "backup",
        deployment=deployment,
        boundary=boundary,
        settings=environment.backup,
        vault=Vault(stack, "vault", deployment=deployment, key=keys.backup, settings=environment.backup),
        second_vault=second,
        data_key=keys.data,
        stores=[stores.database.arn],
        topic_arn=topic.arn,
    )
