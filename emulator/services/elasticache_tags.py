"""ElastiCache: tags of what the handlers made; those of subnet groups are moto's.

Pages: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator import tags
from emulator.handler import Call, Params, emulates


@emulates("elasticache", "ListTagsForResource")
def list_tags(call: Call) -> Params:
    """Give the tags."""
    arn = call.params["ResourceName"]
    if not tags.is_ours(call, arn):
        return call.moto()
    return {"TagList": tags.as_list(tags.get(call, arn))}


@emulates("elasticache", "AddTagsToResource")
def add(call: Call) -> Params:
    """Add tags, and give all of them."""
    arn = call.params["ResourceName"]
    return tags.add(call, arn, call.params["Tags"]) or {"TagList": tags.as_list(tags.get(call, arn))}


@emulates("elasticache", "RemoveTagsFromResource")
def remove(call: Call) -> Params:
    """Remove tags, and give those that are left."""
    arn = call.params["ResourceName"]
    return tags.remove(call, arn, call.params["TagKeys"]) or {"TagList": tags.as_list(tags.get(call, arn))}
