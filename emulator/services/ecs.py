"""ECS: settings of a service that moto drops.

Pages: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Final

from emulator.handler import Call, Params, emulates

_DROPPED: Final = (
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "platformVersion",
    "propagateTags",
)
# What AWS shows in the deployment, not in the service.
_DEPLOYED: Final = "serviceConnectConfiguration"


def _complete(call: Call, service: Params) -> Params:
    kept = call.table("services").get(service["serviceArn"], {})
    settings = {name: value for name, value in kept.items() if name != _DEPLOYED}
    complete = {**service, "availabilityZoneRebalancing": "DISABLED", **settings}
    if _DEPLOYED in kept:
        complete["deployments"] = [
            {**deployment, _DEPLOYED: kept[_DEPLOYED]} if deployment["status"] == "PRIMARY" else deployment
            for deployment in service["deployments"]
        ]
    if complete.get("capacityProviderStrategy"):
        complete.pop("launchType", None)
    return complete


@emulates("ecs", "CreateService", "UpdateService")
def change_service(call: Call) -> Params:
    """Let moto change the service, and keep the settings it drops."""
    answer = call.moto()
    kept = call.table("services").setdefault(answer["service"]["serviceArn"], {})
    kept.update(call.pick(*_DROPPED, _DEPLOYED))
    return {"service": _complete(call, answer["service"])}


@emulates("ecs", "DescribeServices")
def describe_services(call: Call) -> Params:
    """Give moto's services with their dropped settings; without a launch type if a strategy is set."""
    answer = call.moto()
    return {**answer, "services": [_complete(call, service) for service in answer["services"]]}


@emulates("ecs", "DeleteService")
def delete_service(call: Call) -> Params:
    """Let moto delete the service, and forget its settings."""
    answer = call.moto()
    call.table("services").pop(answer["service"]["serviceArn"], None)
    return answer
