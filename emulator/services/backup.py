"""AWS Backup: selections, vault policies, plan updates."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "backup"


def _selection(call: Call) -> Params:
    key = f"{call.params['BackupPlanId']}|{call.params['SelectionId']}"
    selection: Params | None = call.table("selections").get(key)
    if selection is None:
        raise AwsError("ResourceNotFoundException", "Cannot find Backup selection", 400)
    return selection


@emulates(SERVICE, "CreateBackupSelection")
def create_selection(call: Call) -> Params:
    plan_id = call.params["BackupPlanId"]
    if plan_id not in call.backend().plans:
        raise AwsError("ResourceNotFoundException", f"Cannot find Backup plan {plan_id}", 400)
    selection_id = call.store.fresh_id()
    selection = {
        "BackupPlanId": plan_id,
        "SelectionId": selection_id,
        "CreationDate": call.now(),
        "CreatorRequestId": call.params.get("CreatorRequestId"),
        "BackupSelection": call.params["BackupSelection"],
    }
    call.table("selections")[f"{plan_id}|{selection_id}"] = selection
    return {key: selection[key] for key in ("BackupPlanId", "SelectionId", "CreationDate")}


@emulates(SERVICE, "GetBackupSelection")
def get_selection(call: Call) -> Params:
    return _selection(call)


@emulates(SERVICE, "ListBackupSelections")
def list_selections(call: Call) -> Params:
    return {
        "BackupSelectionsList": [
            {
                **{k: v for k, v in selection.items() if k != "BackupSelection"},
                "SelectionName": selection["BackupSelection"]["SelectionName"],
                "IamRoleArn": selection["BackupSelection"]["IamRoleArn"],
            }
            for selection in call.table("selections").values()
            if selection["BackupPlanId"] == call.params["BackupPlanId"]
        ]
    }


@emulates(SERVICE, "DeleteBackupSelection")
def delete_selection(call: Call) -> None:
    _selection(call)
    del call.table("selections")[f"{call.params['BackupPlanId']}|{call.params['SelectionId']}"]


@emulates(SERVICE, "DeleteBackupPlan")
def delete_plan(call: Call) -> Params:
    plan_id = call.params["BackupPlanId"]
    if any(s["BackupPlanId"] == plan_id for s in call.table("selections").values()):
        raise AwsError(
            "InvalidRequestException",
            "Related backup plan selections must be deleted prior to backup plan deletion",
            400,
        )
    answer = call.moto()
    call.backend().plans.pop(plan_id, None)
    return answer


@emulates(SERVICE, "UpdateBackupPlan")
def update_plan(call: Call) -> Params:
    plan = call.backend().plans.get(call.params["BackupPlanId"])
    if plan is None:
        raise AwsError("ResourceNotFoundException", "Cannot find Backup plan", 400)
    fresh = type(plan)(call.params["BackupPlan"], plan.creator_request_id, call.backend())
    plan.backup_plan = fresh.backup_plan
    plan.advanced_backup_settings = fresh.advanced_backup_settings
    plan.version_id = fresh.version_id
    return {
        "BackupPlanId": plan.backup_plan_id,
        "BackupPlanArn": plan.backup_plan_arn,
        "CreationDate": plan.creation_date,
        "VersionId": plan.version_id,
    }


@emulates(SERVICE, "PutBackupVaultAccessPolicy")
def put_policy(call: Call) -> None:
    call.backend().describe_backup_vault(call.params["BackupVaultName"])
    call.table("policies")[call.params["BackupVaultName"]] = call.params["Policy"]


@emulates(SERVICE, "GetBackupVaultAccessPolicy")
def get_policy(call: Call) -> Params:
    name = call.params["BackupVaultName"]
    if name not in call.table("policies"):
        raise AwsError("ResourceNotFoundException", f"Policy of {name} does not exist", 400)
    return {
        "BackupVaultName": name,
        "BackupVaultArn": call.arn(f"backup-vault:{name}"),
        "Policy": call.table("policies")[name],
    }


@emulates(SERVICE, "DeleteBackupVaultAccessPolicy")
def delete_policy(call: Call) -> None:
    call.table("policies").pop(call.params["BackupVaultName"], None)


@emulates(SERVICE, "PutBackupVaultNotifications")
def put_notifications(call: Call) -> None:
    call.backend().describe_backup_vault(call.params["BackupVaultName"])
    call.table("notifications")[call.params["BackupVaultName"]] = {
        "BackupVaultArn": call.arn(f"backup-vault:{call.params['BackupVaultName']}"),
        **call.params,
    }


@emulates(SERVICE, "GetBackupVaultNotifications")
def get_notifications(call: Call) -> Params:
    found: Params | None = call.table("notifications").get(call.params["BackupVaultName"])
    if found is None:
        raise AwsError("ResourceNotFoundException", "no notifications", 400)
    return found


@emulates(SERVICE, "DeleteBackupVaultNotifications")
def delete_notifications(call: Call) -> None:
    call.table("notifications").pop(call.params["BackupVaultName"], None)


@emulates(SERVICE, "ListTags")
def list_tags(call: Call) -> Params:
    # moto takes the ARN from a URL with a trailing slash, which only botocore sends.
    return {"Tags": call.backend().list_tags(call.params["ResourceArn"])}


@emulates(SERVICE, "ListRecoveryPointsByBackupVault")
def list_recovery_points(call: Call) -> Params:
    call.backend().describe_backup_vault(call.params["BackupVaultName"])
    return {"RecoveryPoints": []}
