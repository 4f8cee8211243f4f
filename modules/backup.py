"""AWS Backup: a copy of the ledger that outlives a mistake, a thief and, in prod, the region (PCI DSS 9.4, 12.10)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cdktf import TerraformProvider
from cdktf_cdktf_provider_aws.backup_plan import (
    BackupPlan,
    BackupPlanRule,
    BackupPlanRuleCopyAction,
    BackupPlanRuleCopyActionLifecycle,
    BackupPlanRuleLifecycle,
)
from cdktf_cdktf_provider_aws.backup_selection import BackupSelection
from cdktf_cdktf_provider_aws.backup_vault import BackupVault
from cdktf_cdktf_provider_aws.backup_vault_lock_configuration import BackupVaultLockConfiguration
from cdktf_cdktf_provider_aws.backup_vault_notifications import BackupVaultNotifications
from cdktf_cdktf_provider_aws.backup_vault_policy import BackupVaultPolicy
from constructs import Construct

from environments.operations import BackupSettings
from modules import policies
from modules.boundary import Boundary
from modules.deployment import Deployment
from modules.grants import Access, Resource
from modules.key import Key
from modules.role import Role

CONTINUOUS_DAYS = 35
"""The longest that AWS Backup can restore to any second."""

SNAPSHOT = Access(
    "snapshot",
    (
        "rds:AddTagsToResource",
        "rds:CopyDBSnapshot",
        "rds:CreateDBSnapshot",
        "rds:DeleteDBSnapshot",
        "rds:DescribeDBInstances",
        "rds:DescribeDBSnapshots",
        "rds:ListTagsForResource",
        "rds:ModifyDBInstance",
    ),
    ("kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
)
STORE = Access(
    "store",
    ("backup:CopyIntoBackupVault", "backup:DescribeBackupVault", "backup:TagResource"),
    ("kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
)


class Vault(Construct):
    """One vault that nobody empties, with its lock where the settings ask for it.

    Outputs: `vault_name`, and what a grant needs: `name`, `arns`, `encryption_key`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        key: Key,
        settings: BackupSettings,
        provider: TerraformProvider | None = None,
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.encryption_key: Key | None = key
        vault = BackupVault(
            self,
            "vault",
            provider=provider,
            name=deployment.name(id),
            kms_key_arn=key.arn,
            force_destroy=not deployment.protected,
        )
        BackupVaultPolicy(
            self,
            "policy",
            provider=provider,
            backup_vault_name=vault.name,
            policy=json.dumps(
                {
                    "Version": policies.VERSION,
                    "Statement": [
                        policies.deny(
                            "NobodyDeletesABackup",
                            ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
                            ["*"],
                            principal="*",
                        )
                    ],
                }
            ),
        )
        if settings.lock:
            BackupVaultLockConfiguration(
                self,
                "lock",
                provider=provider,
                backup_vault_name=vault.name,
                min_retention_days=min(settings.retention_days, 7),
                max_retention_days=settings.retention_days,
            )
        self.vault_name: str = vault.name
        self.arns = (vault.arn,)


class Backup(Construct):
    """The plan that fills a vault every night, and a second vault where there is one.

    Outputs: `vault_name`, `plan_id`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        settings: BackupSettings,
        vault: Vault,
        second_vault: Vault | None,
        data_key: Key,
        stores: Sequence[str],
        topic_arn: str,
    ) -> None:
        super().__init__(scope, id)
        role = Role(self, "role", deployment=deployment, boundary=boundary, component=id, service="backup")
        snapshots = deployment.arn("rds", "snapshot:*")
        role.grants.allow(
            SNAPSHOT, Resource("stores", (*stores, snapshots), data_key), "take and keep snapshots of the stores"
        )
        for one in filter(None, (vault, second_vault)):
            role.grants.allow(STORE, one, "keep the snapshots in the vault")
        plan = BackupPlan(
            self,
            "plan",
            name=deployment.name(id),
            rule=[
                BackupPlanRule(
                    rule_name="every-night",
                    target_vault_name=vault.vault_name,
                    schedule="cron(0 3 * * ? *)",
                    start_window=60,
                    completion_window=360,
                    lifecycle=BackupPlanRuleLifecycle(delete_after=settings.retention_days),
                    copy_action=[
                        BackupPlanRuleCopyAction(
                            destination_vault_arn=second_vault.arns[0],
                            lifecycle=BackupPlanRuleCopyActionLifecycle(delete_after=settings.retention_days),
                        )
                    ]
                    if second_vault
                    else None,
                ),
                BackupPlanRule(
                    rule_name="every-second",
                    target_vault_name=vault.vault_name,
                    schedule="cron(0 4 * * ? *)",
                    enable_continuous_backup=True,
                    lifecycle=BackupPlanRuleLifecycle(delete_after=min(settings.retention_days, CONTINUOUS_DAYS)),
                ),
            ],
        )
        BackupSelection(
            self, "selection", name=deployment.name(id), plan_id=plan.id, iam_role_arn=role.arn, resources=list(stores)
        )
        BackupVaultNotifications(
            self,
            "notifications",
            backup_vault_name=vault.vault_name,
            sns_topic_arn=topic_arn,
            backup_vault_events=["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"],
        )
        self.vault_name = vault.vault_name
        self.plan_id: str = plan.id
