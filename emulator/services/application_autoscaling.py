"""Application Auto Scaling: tags of scalable targets, which moto lacks.

Pages: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator import tags
from emulator.handler import Call, Params, emulates


@emulates("application-autoscaling", "RegisterScalableTarget")
def register(call: Call) -> Params:
    """Let moto register it; tags count only the first time, as at AWS."""
    answer = call.moto()
    arn = answer["ScalableTargetARN"]
    if not tags.is_ours(call, arn):
        tags.put(call, arn, call.params.get("Tags"))
    return answer


@emulates("application-autoscaling", "ListTagsForResource")
def list_tags(call: Call) -> Params:
    """Give the tags of a target."""
    return {"Tags": tags.get(call, call.params["ResourceARN"])}


@emulates("application-autoscaling", "TagResource")
def tag(call: Call) -> Params:
    """Add tags."""
    return tags.add(call, call.params["ResourceARN"], call.params["Tags"])


@emulates("application-autoscaling", "UntagResource")
def untag(call: Call) -> Params:
    """Remove tags."""
    return tags.remove(call, call.params["ResourceARN"], call.params["TagKeys"])
