"""Protection that a plan takes away or adds: attributes that get less safe, and guards that are deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from planproof.document import ABSENT, Sensitive, Unknown
from planproof.review.effect import Effect, Kind
from planproof.review.protections import ATTRIBUTES, RESOURCES, Guarding
from planproof.review.words import said

if TYPE_CHECKING:
    from planproof.review.change import Change, Difference
    from planproof.review.masking import Mask
    from planproof.review.plan import Plan

PUBLIC: Final = frozenset({"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"})
ENDLESS: Final = float("inf")
KEPT: Final = {
    "aws_backup_plan": (("delete_after",), "recovery points are kept for fewer days"),
    "aws_s3_bucket_lifecycle_configuration": (("days", "noncurrent_days"), "objects are deleted sooner"),
}
VERSION: Final = re.compile(r"(?:TLS|SSL|FS)[^0-9]*1[-._](\d)|TLS13-1-(\d)", re.IGNORECASE)


def find(plan: Plan) -> Iterator[Effect]:
    """Each guard that gets weaker, stronger, goes or comes; what comes with something new is no news."""
    for change in plan.changes:
        if change.deletes and change.type in RESOURCES:
            yield Effect(Kind.PROTECTION_REMOVED, RESOURCES[change.type], change)
            if change.type in PUBLIC:
                yield Effect(Kind.ACCESS_WIDENED, RESOURCES[change.type], change)
        elif change.creates and change.type in RESOURCES and not plan.starts:
            yield Effect(Kind.PROTECTION_ADDED, "it is new", change)
        elif change.updates or change.replaces:
            yield from _weighed(change, plan.mask)


def _weighed(change: Change, mask: Mask) -> Iterator[Effect]:
    for guarding in ATTRIBUTES.get(change.type, ()):
        difference = change.of(guarding.path)
        if difference is None or not difference.known:
            continue
        way = _way(guarding, _whole(change.before, guarding.path), _whole(change.after, guarding.path))
        if way:
            yield _effect(change, difference, guarding.loss, way, mask)
    for weigh in (_threshold, _retention, _status, _tls, _recovery_points):
        found = weigh(change)
        if found:
            way, difference, loss = found
            yield _effect(change, difference, loss, way, mask)


def _effect(change: Change, difference: Difference, loss: str, way: int, mask: Mask) -> Effect:
    values = f"{said(difference.before, mask)} -> {said(difference.after, mask)}"
    text = values if way > 0 else f"{values}: {loss}"
    return Effect(_kind(change, difference.path, way), text, change, difference.path)


def _kind(change: Change, path: str, way: int) -> Kind:
    """A guard against the public is about access; every other guard is protection."""
    if change.type in PUBLIC or path == "publicly_accessible":
        return Kind.ACCESS_NARROWED if way > 0 else Kind.ACCESS_WIDENED
    return Kind.PROTECTION_ADDED if way > 0 else Kind.PROTECTION_REMOVED


def _whole(values: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(values, list):
            values = values[int(step)] if step.isdecimal() and int(step) < len(values) else None
        else:
            values = values.get(step) if isinstance(values, dict) else None
    return values


def _way(guarding: Guarding, was: Any, will: Any) -> int:
    """-1 when the new value protects less, 1 when it protects more, 0 when neither can be told."""
    if guarding.safer in {"on", "off"}:
        before, after = _truth(was), _truth(will)
        return (after - before) * (1 if guarding.safer == "on" else -1)
    if guarding.safer == "present":
        return bool(will) - bool(was)
    if guarding.safer == "filled":
        old, new = set(map(str, was or ())), set(map(str, will or ()))
        return -1 if old - new and not new - old else 1 if new - old and not old - new else 0
    before_number, after_number = _number(was), _number(will)
    if before_number is None or after_number is None:
        return 0
    step = (after_number > before_number) - (after_number < before_number)
    return step if guarding.safer == "more" else -step


def _truth(value: Any) -> int:
    return int(value is True or value == "true")


def _number(value: Any) -> float | None:
    if value is None:
        return 0
    return float(value) if isinstance(value, int | float) else None


Weighed = tuple[int, "Difference", str] | None


def _threshold(change: Change) -> Weighed:
    """An alarm that comes later because its threshold moved away."""
    moved = change.of("threshold") if change.type == "aws_cloudwatch_metric_alarm" else None
    if moved is None or not moved.known:
        return None
    before, after = _number(change.before.get("threshold")), _number(change.after.get("threshold"))
    if before is None or after is None:
        return None
    rising = str(change.after.get("comparison_operator", "")).startswith("Greater")
    later = (after > before) is rising
    return (-1 if later else 1), moved, "the alarm comes later"


def _retention(change: Change) -> Weighed:
    """Logs that are kept for fewer days; 0 and absent mean for ever."""
    days = change.of("retention_in_days") if change.type == "aws_cloudwatch_log_group" else None
    if days is None or not days.known:
        return None
    before = change.before.get("retention_in_days") or ENDLESS
    after = change.after.get("retention_in_days") or ENDLESS
    return (-1 if after < before else 1), days, "older log lines are deleted at once"


def _status(change: Change) -> Weighed:
    """Versioning that is suspended."""
    status = change.of("versioning_configuration.0.status") if change.type == "aws_s3_bucket_versioning" else None
    if status is None or not status.known:
        return None
    way = 1 if status.after == "Enabled" else -1 if status.before == "Enabled" else 0
    return (way, status, "an overwritten object cannot be brought back") if way else None


def _tls(change: Change) -> Weighed:
    """A listener or a domain that accepts older TLS."""
    for path in ("ssl_policy", "security_policy", "viewer_certificate.0.minimum_protocol_version"):
        difference = change.of(path)
        if difference is None or isinstance(difference.after, Unknown | Sensitive):
            continue
        before, after = _oldest(difference.before), _oldest(difference.after)
        if before != after:
            return (1 if after > before else -1), difference, "older and weaker TLS is accepted"
    return None


def _oldest(policy: Any) -> int:
    """The oldest minor version of TLS 1 that a policy accepts, by its name; 0 when the name does not say."""
    if policy is ABSENT or not isinstance(policy, str):
        return 0
    last = [max(match.groups(default="")) for match in VERSION.finditer(policy)]
    return int(last[-1]) if last else 0


def _recovery_points(change: Change) -> Weighed:
    """Backups and objects that are kept for less long."""
    keeping = KEPT.get(change.type)
    if keeping is None:
        return None
    ending, loss = keeping
    for difference in change.differences:
        if difference.path.endswith(ending) and difference.known:
            before, after = _number(difference.before) or ENDLESS, _number(difference.after) or ENDLESS
            if before != after:
                return (1 if after > before else -1), difference, loss
    return None
