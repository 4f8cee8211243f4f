"""Security Hub: hub configuration and standards subscriptions."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "securityhub"


@emulates(SERVICE, "UpdateSecurityHubConfiguration")
def update_configuration(call: Call) -> None:
    call.table("hub").update(call.pick("AutoEnableControls", "ControlFindingGenerator"))


@emulates(SERVICE, "DescribeHub")
def describe_hub(call: Call) -> Params:
    defaults = {"AutoEnableControls": True, "ControlFindingGenerator": "SECURITY_CONTROL"}
    return {**call.moto(), **defaults, **call.table("hub")}


def _subscription_arn(call: Call, standards_arn: str) -> str:
    return call.arn(
        "subscription/" + standards_arn.rsplit(":::", maxsplit=1)[-1].split("/", 1)[-1]
        if ":::" in standards_arn
        else "subscription/" + standards_arn.split("standards/", 1)[-1]
    )


@emulates(SERVICE, "BatchEnableStandards")
def enable_standards(call: Call) -> Params:
    if not call.backend().enabled:
        raise AwsError("InvalidAccessException", f"Account {call.account} is not subscribed to AWS Security Hub", 401)
    enabled = []
    for request in call.params["StandardsSubscriptionRequests"]:
        arn = _subscription_arn(call, request["StandardsArn"])
        call.table("standards")[arn] = {
            "StandardsSubscriptionArn": arn,
            "StandardsArn": request["StandardsArn"],
            "StandardsInput": request.get("StandardsInput", {}),
            "StandardsStatus": "READY",
        }
        enabled.append(call.table("standards")[arn])
    return {"StandardsSubscriptions": enabled}


@emulates(SERVICE, "GetEnabledStandards")
def get_enabled_standards(call: Call) -> Params:
    wanted = call.params.get("StandardsSubscriptionArns")
    return {"StandardsSubscriptions": [s for arn, s in call.table("standards").items() if not wanted or arn in wanted]}


@emulates(SERVICE, "BatchDisableStandards")
def disable_standards(call: Call) -> Params:
    gone = [
        call.table("standards").pop(arn)
        for arn in call.params["StandardsSubscriptionArns"]
        if arn in call.table("standards")
    ]
    return {"StandardsSubscriptions": [{**s, "StandardsStatus": "DELETING"} for s in gone]}
