"""What somebody changed behind Terraform's back, told apart from what AWS changes in normal operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from planproof.review.effect import Effect, Kind
from planproof.review.words import listed, said

if TYPE_CHECKING:
    from planproof.review.change import Change, Difference
    from planproof.review.plan import Plan

DRIFT: Final = "https://developer.hashicorp.com/terraform/tutorials/state/resource-drift"
# Attributes that automatic scaling, minor upgrades, deployments and the passing of time change.
NORMAL: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_appautoscaling_target": ("min_capacity_current",),
    "aws_autoscaling_group": ("desired_capacity", "instances", "predicted_capacity", "warm_pool_size"),
    "aws_db_instance": ("allocated_storage", "engine_version_actual", "latest_restorable_time", "replicas", "status"),
    "aws_dynamodb_table": ("read_capacity", "write_capacity"),
    "aws_ecs_service": ("desired_count", "task_definition", "triggers"),
    "aws_ecs_cluster": ("setting",),
    "aws_elasticache_replication_group": ("engine_version_actual", "member_clusters", "num_cache_clusters"),
    "aws_lambda_function": ("last_modified", "qualified_arn", "version", "source_code_hash"),
    "aws_rds_cluster": ("cluster_members", "engine_version_actual"),
    "aws_kinesis_stream": ("shard_count",),
    "aws_acm_certificate": ("not_after", "not_before", "renewal_summary", "pending_renewal", "status"),
    "aws_iam_role": ("unique_id",),
    "aws_vpc_endpoint": ("network_interface_ids", "state"),
}
# Attributes that mirror separate resources: a group lists the rules that stand beside it.
MIRRORS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "aws_iam_role": {
        "inline_policy": ("aws_iam_role_policy",),
        "managed_policy_arns": ("aws_iam_role_policy_attachment",),
    },
    "aws_route_table": {"route": ("aws_route",)},
    "aws_s3_bucket": {
        "lifecycle_rule": ("aws_s3_bucket_lifecycle_configuration",),
        "logging": ("aws_s3_bucket_logging",),
        "policy": ("aws_s3_bucket_policy",),
        "replication_configuration": ("aws_s3_bucket_replication_configuration",),
        "server_side_encryption_configuration": ("aws_s3_bucket_server_side_encryption_configuration",),
        "versioning": ("aws_s3_bucket_versioning",),
        "grant": ("aws_s3_bucket_ownership_controls",),
        "acl": ("aws_s3_bucket_ownership_controls",),
        "object_lock_enabled": ("aws_s3_bucket_object_lock_configuration",),
    },
    "aws_sns_topic": {"policy": ("aws_sns_topic_policy",)},
    "aws_sqs_queue": {
        "policy": ("aws_sqs_queue_policy",),
        "redrive_policy": ("aws_sqs_queue_redrive_policy",),
        "redrive_allow_policy": ("aws_sqs_queue_redrive_allow_policy",),
    },
    "aws_ecs_cluster": {"capacity_providers": ("aws_ecs_cluster_capacity_providers",)},
    "aws_vpc": {"default_security_group_id": ()},
}
MOST: Final = 4
GROUPS: Final = frozenset({"aws_security_group", "aws_default_security_group"})


def find(plan: Plan) -> Iterator[Effect]:
    """Each resource that is not as Terraform left it."""
    for change in plan.drift:
        if change.deletes:
            yield Effect(Kind.DRIFT, "somebody deleted it", change, source=DRIFT)
            continue
        if change.moved_from and not change.differences:
            continue
        strange = [one for one in change.differences if not _normal(one, change, plan)]
        if strange:
            told = "; ".join(_words(one, plan) for one in strange[:MOST])
            more = f"; and {len(strange) - MOST} more" if len(strange) > MOST else ""
            yield Effect(Kind.DRIFT, f"somebody changed {told}{more}", change, strange[0].path, source=DRIFT)
        elif change.differences:
            names = sorted({one.path.partition(".")[0] for one in change.differences})
            yield Effect(Kind.DRIFT_NOISE, listed(names), change, names[0])


def _words(one: Difference, plan: Plan) -> str:
    return f"{one.path}: {said(one.before, plan.mask)} -> {said(one.after, plan.mask)}"


def _normal(one: Difference, change: Change, plan: Plan) -> bool:
    name = one.path.partition(".")[0]
    if name in NORMAL.get(change.type, ()):
        return True
    if name in {"tags", "tags_all"} and one.path.partition(".")[2].startswith("aws:"):
        return True
    mirrored = MIRRORS.get(change.type, {}).get(name)
    if mirrored is not None:
        resource = plan.before.resource(change.address)
        return resource is not None and bool(plan.before.referrers(resource, *mirrored))
    if change.type in GROUPS and name in {"ingress", "egress"}:
        known = _managed(change, name, plan) | set(_entries(change.before.get(name)))
        return set(_entries(change.after.get(name))) <= known  # a rule that is gone is told where it stands
    return False


def _entries(listed_rules: Any) -> Iterator[tuple[str, Any, Any, str]]:
    """The doors of a group's own list: protocol, first and last port, peer."""
    for rule in listed_rules or ():
        peers = [
            *(rule.get("cidr_blocks") or ()), *(rule.get("ipv6_cidr_blocks") or ()),
            *(rule.get("security_groups") or ()), *(rule.get("prefix_list_ids") or ()),
            *(("self",) if rule.get("self") else ()),
        ]  # fmt: skip
        for peer in peers:
            yield _door(rule.get("protocol"), rule.get("from_port"), rule.get("to_port"), str(peer))


def _door(protocol: Any, first: Any, last: Any, peer: str) -> tuple[str, Any, Any, str]:
    everything = str(protocol) in {"-1", "all"}
    return (str(protocol), None, None, peer) if everything else (str(protocol), first, last, peer)


def _managed(change: Change, name: str, plan: Plan) -> set[tuple[str, Any, Any, str]]:
    """The doors that separate resources of the plan make in this group."""
    group = str(change.after.get("id") or change.before.get("id"))
    found: set[tuple[str, Any, Any, str]] = set()
    for one in plan.raw.get("resource_changes", ()):
        values = (one.get("change") or {}).get("before") or {}
        if str(values.get("security_group_id")) != group:
            continue
        kind = str(one.get("type"))
        if kind == f"aws_vpc_security_group_{name}_rule":
            peer = (
                values.get("cidr_ipv4") or values.get("cidr_ipv6") or values.get("prefix_list_id")
                or values.get("referenced_security_group_id")
            )  # fmt: skip
            peer = "self" if peer == group else str(peer)
            found.add(_door(values.get("ip_protocol"), values.get("from_port"), values.get("to_port"), peer))
        elif kind == "aws_security_group_rule" and values.get("type") == name:
            source = [values["source_security_group_id"]] if values.get("source_security_group_id") else []
            found |= set(_entries([{**values, "security_groups": source}]))
    return found
