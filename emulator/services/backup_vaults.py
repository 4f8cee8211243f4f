"""AWS Backup: what hangs on a vault: its policy, its notifications, its recovery points.

Pages: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates


def _vault(call: Call) -> Params:
    """Name the vault as every answer does; a vault that is not there is moto's error."""
    name = call.params["BackupVaultName"]
    return {"BackupVaultName": name, "BackupVaultArn": call.backend().describe_backup_vault(name).backup_vault_arn}


def _kept(call: Call, kind: str, what: str) -> Params:
    found: Params | None = call.table(kind).get(call.params["BackupVaultName"])
    if found is None:
        raise AwsError("ResourceNotFoundException", f"{call.params['BackupVaultName']} has no {what}", 400)
    return found


@emulates("backup", "PutBackupVaultAccessPolicy")
def put_policy(call: Call) -> None:
    """Set the resource policy of a vault."""
    call.table("policies")[call.params["BackupVaultName"]] = {**_vault(call), **call.pick("Policy")}


@emulates("backup", "GetBackupVaultAccessPolicy")
def get_policy(call: Call) -> Params:
    """Give the resource policy of a vault."""
    return _kept(call, "policies", "access policy")


@emulates("backup", "DeleteBackupVaultAccessPolicy")
def delete_policy(call: Call) -> None:
    """Remove the resource policy; it is no error when there is none."""
    call.table("policies").pop(call.params["BackupVaultName"], None)


@emulates("backup", "PutBackupVaultNotifications")
def put_notifications(call: Call) -> None:
    """Say which events of a vault go to which topic."""
    call.table("notifications")[call.params["BackupVaultName"]] = {
        **_vault(call),
        **call.pick("SNSTopicArn", "BackupVaultEvents"),
    }


@emulates("backup", "GetBackupVaultNotifications")
def get_notifications(call: Call) -> Params:
    """Give the events and topic of a vault."""
    return _kept(call, "notifications", "notifications")


@emulates("backup", "DeleteBackupVaultNotifications")
def delete_notifications(call: Call) -> None:
    """Stop the notifications; it is no error when there are none."""
    call.table("notifications").pop(call.params["BackupVaultName"], None)


@emulates("backup", "ListRecoveryPointsByBackupVault")
def list_recovery_points(call: Call) -> Params:
    """Give no recovery points: no backup job ever runs here."""
    _vault(call)
    return {"RecoveryPoints": []}


@emulates("backup", "DeleteBackupVault")
def delete_vault(call: Call) -> Params:
    """Delete a vault with its policy and notifications, so that a new one of that name has none."""
    answer = call.moto()
    for kind in ("policies", "notifications"):
        call.table(kind).pop(call.params["BackupVaultName"], None)
    return answer
