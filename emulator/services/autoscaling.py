"""Application Auto Scaling: tags of scalable targets."""

from __future__ import annotations

from emulator import tags
from emulator.handler import Call, Params, emulates

SERVICE = "application-autoscaling"


@emulates(SERVICE, "RegisterScalableTarget")
def register(call: Call) -> Params:
    answer = call.moto()
    arn = answer.get("ScalableTargetARN")
    if arn and not tags.is_ours(call, arn):
        tags.put(call, arn, call.params.get("Tags"))
    return answer


@emulates(SERVICE, "ListTagsForResource")
def list_tags(call: Call) -> Params:
    return {"Tags": tags.get(call, call.params["ResourceARN"])}


@emulates(SERVICE, "TagResource")
def tag(call: Call) -> Params:
    return tags.add(call, call.params["ResourceARN"], call.params["Tags"])


@emulates(SERVICE, "UntagResource")
def untag(call: Call) -> Params:
    return tags.remove(call, call.params["ResourceARN"], call.params["TagKeys"])
