"""ECR: pull-through caches, which moto lacks.

Pages: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates


def _gone(prefix: str) -> AwsError:
    return AwsError("PullThroughCacheRuleNotFoundException", f"No pull through cache rule for {prefix}", 400)


@emulates("ecr", "CreatePullThroughCacheRule")
def create_rule(call: Call) -> Params:
    """Create a rule; its prefix is unique in the registry."""
    prefix = call.params["ecrRepositoryPrefix"]
    if prefix in call.table("caches"):
        raise AwsError("PullThroughCacheRuleAlreadyExistsException", f"{prefix} already exists", 400)
    call.table("caches")[prefix] = {**call.params, "registryId": call.account, "createdAt": call.now()}
    return dict(call.table("caches")[prefix])


@emulates("ecr", "DescribePullThroughCacheRules")
def describe_rules(call: Call) -> Params:
    """Give the rules of the named prefixes, or all; an unknown prefix is an error."""
    caches = call.table("caches")
    prefixes = call.params.get("ecrRepositoryPrefixes") or list(caches)
    for prefix in prefixes:
        if prefix not in caches:
            raise _gone(prefix)
    return {"pullThroughCacheRules": [caches[prefix] for prefix in prefixes]}


@emulates("ecr", "DeletePullThroughCacheRule")
def delete_rule(call: Call) -> Params:
    """Forget a rule."""
    prefix = call.params["ecrRepositoryPrefix"]
    rule: Params | None = call.table("caches").pop(prefix, None)
    if rule is None:
        raise _gone(prefix)
    return rule
