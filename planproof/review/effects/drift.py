"""What somebody changed behind Terraform's back, told apart from what AWS changes in normal operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from planproof.document.mirrors import DOORS, GROUPS, doors
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
MOST: Final = 4


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
    if change.type == "aws_vpc" and name == "default_security_group_id":
        return True
    own = plan.beside.own(change.type, change.after, None)
    if change.type in GROUPS and name in DOORS:
        known = set(doors(change.before.get(name) or ()))
        return set(doors(own.get(name) or ())) <= known  # a rule that is gone is told where it stands
    return name in change.after and name not in own
