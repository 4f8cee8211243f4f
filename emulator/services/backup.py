"""AWS Backup: plan updates, selections and tags, which moto lacks or gets wrong.

Pages: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_<Action>.html
"""

from __future__ import annotations

from typing import Any

from emulator.handler import AwsError, Call, Params, emulates


def _plan(call: Call) -> Any:
    plan_id = call.params["BackupPlanId"]
    plan = call.backend().plans.get(plan_id)
    if plan is None:
        raise AwsError("ResourceNotFoundException", f"Cannot find Backup plan {plan_id}", 400)
    return plan


def _selection(call: Call) -> Params:
    selection: Params | None = call.table("selections").get(call.params["SelectionId"])
    if selection is None or selection["BackupPlanId"] != call.params["BackupPlanId"]:
        raise AwsError("ResourceNotFoundException", "Cannot find Backup selection", 400)
    return selection


@emulates("backup", "CreateBackupSelection")
def create_selection(call: Call) -> Params:
    """Say what an existing plan backs up."""
    plan = _plan(call)
    selection_id = call.store.fresh_id()
    created = {
        "BackupPlanId": plan.backup_plan_id,
        "SelectionId": selection_id,
        "CreationDate": call.now(),
    }
    call.table("selections")[selection_id] = {
        **created,
        **call.pick("CreatorRequestId", "BackupSelection"),
    }
    return created


@emulates("backup", "GetBackupSelection")
def get_selection(call: Call) -> Params:
    """Give one selection with all it selects."""
    return _selection(call)


@emulates("backup", "ListBackupSelections")
def list_selections(call: Call) -> Params:
    """Give the selections of a plan, in short."""
    plan_id = call.params["BackupPlanId"]
    mine = [one for one in call.table("selections").values() if one["BackupPlanId"] == plan_id]
    return {
        "BackupSelectionsList": [
            {
                **{key: value for key, value in one.items() if key != "BackupSelection"},
                "SelectionName": one["BackupSelection"]["SelectionName"],
                "IamRoleArn": one["BackupSelection"]["IamRoleArn"],
            }
            for one in mine
        ]
    }


@emulates("backup", "DeleteBackupSelection")
def delete_selection(call: Call) -> None:
    """Forget a selection."""
    del call.table("selections")[_selection(call)["SelectionId"]]


@emulates("backup", "UpdateBackupPlan")
def update_plan(call: Call) -> Params:
    """Replace a plan's rules, which gives it a new version."""
    plan = _plan(call)
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


@emulates("backup", "DeleteBackupPlan")
def delete_plan(call: Call) -> Params:
    """Delete a plan that has no selection left; moto would keep a deleted plan readable."""
    plan_id = _plan(call).backup_plan_id
    if any(one["BackupPlanId"] == plan_id for one in call.table("selections").values()):
        raise AwsError(
            "InvalidRequestException",
            "Related backup plan selections must be deleted prior to backup plan deletion",
            400,
        )
    answer = call.moto()
    del call.backend().plans[plan_id]
    return answer


@emulates("backup", "ListTags")
def list_tags(call: Call) -> Params:
    """Give the tags; moto reads the ARN from a URL that ends in a slash, as only boto3 sends it."""
    return {"Tags": call.backend().list_tags(call.params["ResourceArn"])}
