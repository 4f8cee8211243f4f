"""AWS Backup: what is backed up, and who may touch the copies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal

ROLE = "arn:aws:iam::123456789012:role/backup"


@pytest.fixture
def backup(account: Account) -> Any:
    """A client for an account with an empty vault named `vault`."""
    client = account.client("backup")
    client.create_backup_vault(BackupVaultName="vault", BackupVaultTags={"Owner": "payments"})
    return client


def plan_of(*, keep_days: int = 35) -> dict[str, Any]:
    """Give a plan with one daily rule."""
    rule = {
        "RuleName": "daily",
        "TargetBackupVaultName": "vault",
        "ScheduleExpression": "cron(0 5 * * ? *)",
        "Lifecycle": {"DeleteAfterDays": keep_days},
    }
    return {"BackupPlanName": "plan", "Rules": [rule]}


@pytest.fixture
def plan(backup: Any) -> str:
    """The id of a plan."""
    found: str = backup.create_backup_plan(BackupPlan=plan_of())["BackupPlanId"]
    return found


def select(backup: Any, plan: str) -> str:
    """Select everything with a tag for backup."""
    selection = {
        "SelectionName": "tagged",
        "IamRoleArn": ROLE,
        "ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "Backup", "ConditionValue": "true"}],
    }
    found: str = backup.create_backup_selection(BackupPlanId=plan, BackupSelection=selection)["SelectionId"]
    return found


def test_selection_is_read_back(backup: Any, plan: str) -> None:
    """What the plan backs up is what was asked for: a lost selection is a database without backup."""
    selection_id = select(backup, plan)

    found = backup.get_backup_selection(BackupPlanId=plan, SelectionId=selection_id)
    (listed,) = backup.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]

    assert found["BackupSelection"]["IamRoleArn"] == ROLE
    assert found["BackupSelection"]["ListOfTags"][0]["ConditionKey"] == "Backup"
    assert (listed["SelectionName"], listed["SelectionId"]) == ("tagged", selection_id)


def test_plan_with_a_selection_is_not_deleted(backup: Any, plan: str) -> None:
    """A plan in use stays, and a deleted one is really gone."""
    selection_id = select(backup, plan)
    assert refusal(backup.delete_backup_plan, BackupPlanId=plan)[0] == "InvalidRequestException"

    backup.delete_backup_selection(BackupPlanId=plan, SelectionId=selection_id)
    gone = refusal(backup.get_backup_selection, BackupPlanId=plan, SelectionId=selection_id)
    assert gone == ("ResourceNotFoundException", "Cannot find Backup selection")

    backup.delete_backup_plan(BackupPlanId=plan)
    assert refusal(backup.get_backup_plan, BackupPlanId=plan)[0] == "ResourceNotFoundException"
    assert refusal(select, backup=backup, plan=plan)[0] == "ResourceNotFoundException"


def test_plan_is_updated(backup: Any, plan: str) -> None:
    """Keeping backups longer is a new version of the same plan."""
    before = backup.get_backup_plan(BackupPlanId=plan)

    backup.update_backup_plan(BackupPlanId=plan, BackupPlan=plan_of(keep_days=365))

    after = backup.get_backup_plan(BackupPlanId=plan)
    assert after["BackupPlan"]["Rules"][0]["Lifecycle"]["DeleteAfterDays"] == 365
    assert after["BackupPlanArn"] == before["BackupPlanArn"]
    assert after["VersionId"] != before["VersionId"]


def test_tags_are_listed(backup: Any) -> None:
    """The vault's owner is known; moto looks for the tags at a URL that only boto3 uses."""
    arn = backup.describe_backup_vault(BackupVaultName="vault")["BackupVaultArn"]

    assert backup.list_tags(ResourceArn=arn)["Tags"] == {"Owner": "payments"}


def test_vault_policy_is_kept(backup: Any) -> None:
    """A policy that denies deletion is what saves the backups from an intruder."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    assert refusal(backup.get_backup_vault_access_policy, BackupVaultName="vault") == (
        "ResourceNotFoundException",
        "vault has no access policy",
    )

    backup.put_backup_vault_access_policy(BackupVaultName="vault", Policy=policy)
    found = backup.get_backup_vault_access_policy(BackupVaultName="vault")
    assert (found["BackupVaultName"], found["Policy"]) == ("vault", policy)
    assert found["BackupVaultArn"].endswith(":backup-vault:vault")

    backup.delete_backup_vault_access_policy(BackupVaultName="vault")
    code, _ = refusal(backup.get_backup_vault_access_policy, BackupVaultName="vault")
    assert code == "ResourceNotFoundException"


def test_vault_notifications_are_kept(backup: Any) -> None:
    """A failed backup is told to somebody."""
    topic = "arn:aws:sns:eu-central-1:123456789012:alarms"

    backup.put_backup_vault_notifications(
        BackupVaultName="vault", SNSTopicArn=topic, BackupVaultEvents=["BACKUP_JOB_FAILED"]
    )
    found = backup.get_backup_vault_notifications(BackupVaultName="vault")
    assert (found["SNSTopicArn"], found["BackupVaultEvents"]) == (topic, ["BACKUP_JOB_FAILED"])

    backup.delete_backup_vault_notifications(BackupVaultName="vault")
    code, _ = refusal(backup.get_backup_vault_notifications, BackupVaultName="vault")
    assert code == "ResourceNotFoundException"


def test_vault_takes_its_settings_along(backup: Any) -> None:
    """A vault made again starts clean: no forgotten policy opens or closes it."""
    backup.put_backup_vault_access_policy(BackupVaultName="vault", Policy="{}")
    assert backup.list_recovery_points_by_backup_vault(BackupVaultName="vault")["RecoveryPoints"] == []

    backup.delete_backup_vault(BackupVaultName="vault")
    assert refusal(backup.put_backup_vault_access_policy, BackupVaultName="vault", Policy="{}")[0] == (
        "ResourceNotFoundException"
    )

    backup.create_backup_vault(BackupVaultName="vault")
    code, _ = refusal(backup.get_backup_vault_access_policy, BackupVaultName="vault")
    assert code == "ResourceNotFoundException"
