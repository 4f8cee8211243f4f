"""Budgets: subscribers, updates and tags, which moto lacks.

Pages: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_<Action>.html
"""

from __future__ import annotations

from typing import Any

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates


def _budget(call: Call, name: str) -> Any:
    budget = call.backend().budgets[call.params["AccountId"]].get(name)
    if budget is None:
        raise AwsError("NotFoundException", f"Unable to get budget: {name}", 400)
    return budget


def _identity(notification: Params) -> tuple[str, str, float, str]:
    return (
        notification["NotificationType"],
        notification["ComparisonOperator"],
        float(notification["Threshold"]),
        notification.get("ThresholdType", "PERCENTAGE"),
    )


def _notification(call: Call) -> Any:
    wanted = _identity(call.params["Notification"])
    for notification in _budget(call, call.params["BudgetName"]).notifications:
        if _identity(notification.details) == wanted:
            return notification
    raise AwsError("NotFoundException", "Unable to find the notification", 400)


@emulates("budgets", "CreateBudget")
def create_budget(call: Call) -> Params:
    """Let moto create it, and keep the tags it drops."""
    answer = call.moto()
    arn = call.arn(f"budget/{call.params['Budget']['BudgetName']}", region="")
    tags.put(call, arn, call.params.get("ResourceTags"))
    return answer


@emulates("budgets", "UpdateBudget")
def update_budget(call: Call) -> None:
    """Replace the definition; notifications stay."""
    new = call.params["NewBudget"]
    budget = _budget(call, new["BudgetName"])
    budget.budget = {**budget.budget, **new}


@emulates("budgets", "DescribeSubscribersForNotification")
def subscribers(call: Call) -> Params:
    """Give who is told, by mail or topic."""
    return {"Subscribers": _notification(call).subscribers}


@emulates("budgets", "CreateSubscriber")
def create_subscriber(call: Call) -> None:
    """Tell one more; a second time is a `DuplicateRecordException`."""
    known = _notification(call).subscribers
    if call.params["Subscriber"] in known:
        raise AwsError("DuplicateRecordException", "The subscriber exists already", 400)
    known.append(call.params["Subscriber"])


@emulates("budgets", "DeleteSubscriber")
def delete_subscriber(call: Call) -> None:
    """Tell one less; who is not told is a `NotFoundException`."""
    known = _notification(call).subscribers
    if call.params["Subscriber"] not in known:
        raise AwsError("NotFoundException", "Unable to find the subscriber", 400)
    known.remove(call.params["Subscriber"])


@emulates("budgets", "ListTagsForResource")
def list_tags(call: Call) -> Params:
    """Give the tags of a budget."""
    return {"ResourceTags": tags.as_list(tags.get(call, call.params["ResourceARN"]))}


@emulates("budgets", "TagResource")
def tag(call: Call) -> Params:
    """Add tags."""
    return tags.add(call, call.params["ResourceARN"], call.params["ResourceTags"])


@emulates("budgets", "UntagResource")
def untag(call: Call) -> Params:
    """Remove tags."""
    return tags.remove(call, call.params["ResourceARN"], call.params["ResourceTagKeys"])
