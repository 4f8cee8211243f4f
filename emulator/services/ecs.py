"""ECS: service settings that moto drops."""

from __future__ import annotations

from emulator.handler import Call, Params, emulates

SERVICE = "ecs"
_DROPPED = (
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "platformVersion",
    "propagateTags",
)


def _overlay(call: Call, service: Params) -> Params:
    kept = call.table("services").get(service["serviceArn"], {})
    merged = {**service, "availabilityZoneRebalancing": "DISABLED", **kept}
    if merged.get("capacityProviderStrategy"):
        merged.pop("launchType", None)
    return merged


@emulates(SERVICE, "CreateService", "UpdateService")
def change_service(call: Call) -> Params:
    answer = call.moto()
    kept = call.table("services").setdefault(answer["service"]["serviceArn"], {})
    kept.update(call.pick(*_DROPPED))
    return {"service": _overlay(call, answer["service"])}


@emulates(SERVICE, "DescribeServices")
def describe_services(call: Call) -> Params:
    answer = call.moto()
    return {**answer, "services": [_overlay(call, service) for service in answer["services"]]}


@emulates(SERVICE, "DeleteService")
def delete_service(call: Call) -> Params:
    answer = call.moto()
    call.table("services").pop(answer["service"]["serviceArn"], None)
    return answer
