"""Security Hub: the hub's configuration and its standards, which moto lacks.

Pages: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Final

from emulator.handler import AwsError, Call, Params, emulates

_DEFAULTS: Final = {"AutoEnableControls": True, "ControlFindingGenerator": "SECURITY_CONTROL"}


def _need_hub(call: Call) -> None:
    if not call.backend().enabled:
        message = f"Account {call.account} is not subscribed to AWS Security Hub"
        raise AwsError("InvalidAccessException", message, 401)


@emulates("securityhub", "UpdateSecurityHubConfiguration")
def update_configuration(call: Call) -> None:
    """Change how controls are switched on and findings are made."""
    _need_hub(call)
    call.table("hub").update(call.pick(*_DEFAULTS))


@emulates("securityhub", "DescribeHub")
def describe_hub(call: Call) -> Params:
    """Give moto's hub with its configuration."""
    return {**call.moto(), **_DEFAULTS, **call.table("hub")}


@emulates("securityhub", "DisableSecurityHub")
def disable_hub(call: Call) -> Params:
    """Let moto close the hub, and forget its configuration and standards."""
    answer = call.moto()
    call.table("hub").clear()
    call.table("standards").clear()
    return answer


def _subscription_arn(call: Call, standard: str) -> str:
    """Name a subscription like its standard, of which there are `standards/` and `ruleset/`."""
    return call.arn(f"subscription/{standard.rpartition(':')[2].partition('/')[2]}")


@emulates("securityhub", "BatchEnableStandards")
def enable_standards(call: Call) -> Params:
    """Subscribe to standards, which are ready at once."""
    _need_hub(call)
    enabled = [
        {
            "StandardsSubscriptionArn": _subscription_arn(call, request["StandardsArn"]),
            "StandardsArn": request["StandardsArn"],
            "StandardsInput": request.get("StandardsInput", {}),
            "StandardsStatus": "READY",
        }
        for request in call.params["StandardsSubscriptionRequests"]
    ]
    call.table("standards").update({one["StandardsSubscriptionArn"]: one for one in enabled})
    return {"StandardsSubscriptions": enabled}


@emulates("securityhub", "GetEnabledStandards")
def get_enabled_standards(call: Call) -> Params:
    """Give the subscriptions asked for, or all."""
    wanted = call.params.get("StandardsSubscriptionArns")
    standards = call.table("standards").items()
    return {"StandardsSubscriptions": [one for arn, one in standards if not wanted or arn in wanted]}


@emulates("securityhub", "BatchDisableStandards")
def disable_standards(call: Call) -> Params:
    """End subscriptions; those that are not there are left out of the answer."""
    standards = call.table("standards")
    gone = [standards.pop(arn) for arn in call.params["StandardsSubscriptionArns"] if arn in standards]
    return {"StandardsSubscriptions": [{**one, "StandardsStatus": "DELETING"} for one in gone]}
