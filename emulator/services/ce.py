"""Cost Explorer: anomaly monitors and subscriptions, which moto lacks.

Pages: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from emulator import tags
from emulator.handler import AwsError, Call, Params, emulates

if TYPE_CHECKING:
    from emulator.store import Table

_CODES: Final = {"Monitor": "UnknownMonitorException", "Subscription": "UnknownSubscriptionException"}


def _kind(call: Call) -> str:
    return "Monitor" if "Monitor" in call.operation else "Subscription"


def _table(call: Call) -> Table:
    return call.table(_kind(call))


def _item(call: Call) -> Params:
    kind = _kind(call)
    arn = call.params[f"{kind}Arn"]
    item: Params | None = _table(call).get(arn)
    if item is None:
        raise AwsError(_CODES[kind], f"{arn} does not exist", 400)
    return item


@emulates("ce", "CreateAnomalyMonitor", "CreateAnomalySubscription")
def create(call: Call) -> Params:
    """Keep what was sent under a new ARN; a subscription needs monitors that exist."""
    kind = _kind(call)
    sent = call.params[f"Anomaly{kind}"]
    for monitor in sent.get("MonitorArnList", []):
        if monitor not in call.table("Monitor"):
            raise AwsError(_CODES["Monitor"], f"{monitor} does not exist", 400)
    arn = call.arn(f"anomaly{kind.lower()}/{call.store.fresh_id()}", region="")
    owner = {"AccountId": call.account} if kind == "Subscription" else {}
    _table(call)[arn] = {**sent, **owner, f"{kind}Arn": arn}
    tags.put(call, arn, call.params.get("ResourceTags"))
    return {f"{kind}Arn": arn}


@emulates("ce", "GetAnomalyMonitors", "GetAnomalySubscriptions")
def get(call: Call) -> Params:
    """Give those asked for by ARN; without a list, all of them."""
    kind = _kind(call)
    wanted = call.params.get(f"{kind}ArnList")
    found = [item for arn, item in _table(call).items() if not wanted or arn in wanted]
    return {f"Anomaly{kind}s": found}


@emulates("ce", "UpdateAnomalyMonitor", "UpdateAnomalySubscription")
def update(call: Call) -> Params:
    """Change what was sent and keep the rest."""
    item = _item(call)
    item.update(call.params)
    return {f"{_kind(call)}Arn": item[f"{_kind(call)}Arn"]}


@emulates("ce", "DeleteAnomalyMonitor", "DeleteAnomalySubscription")
def delete(call: Call) -> None:
    """Forget it and its tags."""
    arn = _item(call)[f"{_kind(call)}Arn"]
    del _table(call)[arn]
    tags.forget(call, arn)


@emulates("ce", "ListTagsForResource")
def list_tags(call: Call) -> Params:
    """Give the tags of a monitor or subscription; moto knows cost categories."""
    arn = call.params["ResourceArn"]
    if not tags.is_ours(call, arn):
        return call.moto()
    return {"ResourceTags": tags.as_list(tags.get(call, arn))}


@emulates("ce", "TagResource")
def tag(call: Call) -> Params:
    """Add tags."""
    return tags.add(call, call.params["ResourceArn"], call.params["ResourceTags"])


@emulates("ce", "UntagResource")
def untag(call: Call) -> Params:
    """Remove tags."""
    return tags.remove(call, call.params["ResourceArn"], call.params["ResourceTagKeys"])
