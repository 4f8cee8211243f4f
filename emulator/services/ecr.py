"""ECR: pull-through caches."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "ecr"


@emulates(SERVICE, "CreatePullThroughCacheRule")
def create_rule(call: Call) -> Params:
    prefix = call.params["ecrRepositoryPrefix"]
    if prefix in call.table("caches"):
        raise AwsError("PullThroughCacheRuleAlreadyExistsException", prefix, 400)
    rule = {
        **call.params,
        "registryId": call.account,
        "createdAt": call.now(),
    }
    call.table("caches")[prefix] = rule
    return rule


@emulates(SERVICE, "DescribePullThroughCacheRules")
def describe_rules(call: Call) -> Params:
    prefixes = call.params.get("ecrRepositoryPrefixes")
    rules = [r for p, r in call.table("caches").items() if not prefixes or p in prefixes]
    if prefixes and not rules:
        raise AwsError("PullThroughCacheRuleNotFoundException", str(prefixes), 400)
    return {"pullThroughCacheRules": rules}


@emulates(SERVICE, "DeletePullThroughCacheRule")
def delete_rule(call: Call) -> Params:
    rule: Params | None = call.table("caches").pop(call.params["ecrRepositoryPrefix"], None)
    if rule is None:
        raise AwsError("PullThroughCacheRuleNotFoundException", call.params["ecrRepositoryPrefix"], 400)
    return rule
