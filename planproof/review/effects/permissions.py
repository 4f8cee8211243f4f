"""Permissions that a plan gives or takes: the grants of every policy before and after, subtracted from each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from planproof.document import Unknown
from planproof.review.change import tree
from planproof.review.effect import Effect, Kind
from planproof.review.grants import Grant, grants, missing
from planproof.review.words import listed

if TYPE_CHECKING:
    from planproof.review.change import Change
    from planproof.review.plan import Plan

# Each type with the attributes that hold policy documents.
POLICIES: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_iam_role": ("assume_role_policy",),
    "aws_iam_role_policy": ("policy",),
    "aws_iam_policy": ("policy",),
    "aws_iam_user_policy": ("policy",),
    "aws_iam_group_policy": ("policy",),
    "aws_kms_key": ("policy",),
    "aws_kms_key_policy": ("policy",),
    "aws_s3_bucket_policy": ("policy",),
    "aws_sqs_queue": ("policy",),
    "aws_sqs_queue_policy": ("policy",),
    "aws_sns_topic": ("policy",),
    "aws_sns_topic_policy": ("policy",),
    "aws_secretsmanager_secret": ("policy",),
    "aws_secretsmanager_secret_policy": ("policy",),
    "aws_ecr_repository_policy": ("policy",),
    "aws_ecr_registry_policy": ("policy",),
    "aws_backup_vault_policy": ("policy",),
    "aws_vpc_endpoint": ("policy",),
    "aws_vpc_endpoint_policy": ("policy",),
    "aws_efs_file_system_policy": ("policy",),
    "aws_opensearch_domain": ("access_policies",),
    "aws_opensearch_domain_policy": ("access_policies",),
    "aws_cloudwatch_event_bus_policy": ("policy",),
    "aws_cloudwatch_log_resource_policy": ("policy_document",),
    "aws_lambda_permission": (),
    "aws_glacier_vault": ("access_policy",),
    "aws_api_gateway_rest_api": ("policy",),
}
ATTACHMENTS: Final = frozenset(
    {"aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment",
     "aws_iam_policy_attachment", "aws_lambda_permission"}
)  # fmt: skip
IDENTITY: Final = ("aws_iam_role_policy", "aws_iam_policy", "aws_iam_user_policy", "aws_iam_group_policy")
LOGIC: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"
COMMANDS: Final = frozenset({"aws_elasticache_user", "aws_memorydb_acl", "aws_memorydb_user"})
ENDPOINTS: Final = frozenset({"aws_vpc_endpoint", "aws_vpc_endpoint_policy"})
"""Their policies limit the callers of one VPC; `everybody` is everybody in it."""
MOST: Final = 3


def find(plan: Plan) -> Iterator[Effect]:
    """Grants gained and lost. What comes with a new role or a new key is part of it."""
    fresh = {one.address for one in plan.changes if one.creates}
    for change in plan.changes:
        if change.type in ATTACHMENTS and change.destroys != change.creates and not plan.starts:
            yield from _attached(change, plan, fresh)
        if change.type in COMMANDS and change.updates:
            yield from _commands(change)
        for path in POLICIES.get(change.type, ()):
            if not (change.creates and _belongs_to(change, plan, fresh)):
                yield from _compared(change, path, plan)


def _belongs_to(change: Change, plan: Plan, fresh: set[str]) -> bool:
    """Whether a new policy stands on something that is new as well, or the whole account is."""
    then = plan.then(change)
    owners = () if then is None else [one.address for one in then.references() if not one.address.startswith("data.")]
    return change.type not in IDENTITY or plan.starts or any(one in fresh for one in owners)


def _compared(change: Change, path: str, plan: Plan) -> Iterator[Effect]:
    if not change.acts or (change.of(path) is None and not (change.deletes or change.creates)):
        return
    now, then = plan.now(change), plan.then(change)
    if then is not None and isinstance(then.policy(path), Unknown):
        if now is not None and not change.creates:
            text = "its policy is written anew, and what it says can be seen only after apply"
            yield Effect(Kind.UNSEEN_ACCESS, text, change, path, source=LOGIC)
        return
    holder = _holder(change)
    was = grants(tree(change.before.get(path)), plan.before, holder) if change.before else ()
    will = grants(tree(change.after.get(path)), plan.after, holder) if change.after else ()
    if change.deletes:
        was = tuple(one for one in was if one.allows)  # a guard that goes is told as protection
    gained, lost = missing(will, was), missing(was, will)
    widened = [*(one for one in gained if one.allows), *(one for one in lost if not one.allows)]
    narrowed = [*(one for one in lost if one.allows), *(one for one in gained if not one.allows)]
    limits = _limits(change, plan)
    if limits and (widened or narrowed):
        kind = Kind.PROTECTION_REMOVED if widened else Kind.PROTECTION_ADDED
        yield Effect(kind, f"a limit of roles: {_sentences(widened or narrowed, gained)}", change, path, source=LOGIC)
    if widened:
        opened = change.type not in ENDPOINTS and any(
            one.principal == "*" and one.allows and not one.conditions for one in widened
        )
        kind = Kind.OPENED if opened else Kind.ACCESS_WIDENED
        yield Effect(kind, _sentences(widened, gained), change, path, source=LOGIC)
    if narrowed:
        yield Effect(Kind.ACCESS_NARROWED, _sentences(narrowed, gained), change, path, source=LOGIC)


def _limits(change: Change, plan: Plan) -> bool:
    """Whether a policy is the boundary of roles: it gives nothing, it only limits."""
    now = plan.now(change)
    if change.type != "aws_iam_policy" or now is None:
        return False
    return any(
        plan.before.target(one, "permissions_boundary") is now for one in plan.before.referrers(now, "aws_iam_role")
    )


def _sentences(changed: list[Grant], gained: tuple[Grant, ...]) -> str:
    words = [one.words if one in gained else f"no longer: {one.words}" for one in changed]
    more = f"; and {len(words) - MOST} more" if len(words) > MOST else ""
    return "; ".join(words[:MOST]) + more


def _holder(change: Change) -> str:
    role = change.after.get("role") or change.before.get("role") or change.after.get("user") or "its holders"
    return str(role) if change.type in IDENTITY else ""


def _commands(change: Change) -> Iterator[Effect]:
    """What a user of a cache may run and read: https://valkey.io/topics/acl/."""
    difference = change.of("access_string")
    if difference is None or not isinstance(difference.before, str) or not isinstance(difference.after, str):
        return
    was, will = set(difference.before.split()), set(difference.after.split())
    gained = sorted(
        [*(word for word in will - was if not word.startswith("-")), *(w for w in was - will if w[:1] == "-")]
    )
    lost = sorted(
        [*(word for word in was - will if not word.startswith("-")), *(w for w in will - was if w[:1] == "-")]
    )
    if gained:
        yield Effect(Kind.ACCESS_WIDENED, f"the user may now {' '.join(gained)}", change, "access_string")
    if lost:
        yield Effect(Kind.ACCESS_NARROWED, f"no longer {' '.join(lost)}", change, "access_string")


def _attached(change: Change, plan: Plan, fresh: set[str]) -> Iterator[Effect]:
    values = change.before or change.after
    if change.type == "aws_lambda_permission":
        open_to_all = (
            values.get("principal") == "*" and not values.get("source_arn") and not values.get("principal_org_id")
        )
        text = f"{values.get('principal')} may {values.get('action')}"
        kind = Kind.ACCESS_NARROWED if change.destroys else Kind.OPENED if open_to_all else Kind.ACCESS_WIDENED
        yield Effect(kind, text, change, "principal", source=LOGIC)
        return
    then = plan.then(change)
    pointed = [] if then is None else [one.address for one in then.references("role")]
    if change.creates and any(one in fresh for one in pointed):
        return
    policy = values.get("policy_arn") or listed([str(one) for one in (then.references("policy_arn") if then else ())])
    holder = values.get("role") or values.get("user") or values.get("group") or "its holders"
    if change.creates:
        yield Effect(
            Kind.ACCESS_WIDENED, f"{holder} gets what {policy or 'a policy'} allows", change, "policy_arn", source=LOGIC
        )
    else:
        yield Effect(Kind.ACCESS_NARROWED, f"{holder} loses what {policy} allows", change, "policy_arn", source=LOGIC)
