"""Interruptions while a plan is applied: restarts, failovers, replaced and deleted servers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planproof.review.effect import Effect, Kind
from planproof.review.outages import ATTRIBUTES, ECS, PARAMETERS, RDS, SEAMLESS, SERVING, Outage
from planproof.review.words import listed, said

if TYPE_CHECKING:
    from planproof.review.change import Change, Difference
    from planproof.review.masking import Mask
    from planproof.review.plan import Plan


def find(plan: Plan) -> Iterator[Effect]:
    """Each change that AWS cannot make without somebody noticing."""
    for change in plan.changes:
        if change.destroys and change.type in SERVING and not _unnoticed(change):
            yield _gone(change)
        elif change.updates:
            for path, outage in ATTRIBUTES.get(change.type, {}).items():
                difference = change.of(path)
                if difference is not None and not _only_computed(change, difference):
                    yield _interrupted(change, difference, outage, plan.mask)
            if change.type == "aws_db_instance" and _backups_switched(change):
                text = "automated backups are switched on or off, which restarts the instance"
                yield Effect(Kind.DOWNTIME, text, change, "backup_retention_period", source=RDS)
            if change.type == "aws_db_parameter_group":
                yield from _parameters(change)
            if change.type == "aws_ecs_service":
                yield from _tasks(change)


def _unnoticed(change: Change) -> bool:
    """Whether nobody waits: the new one is there first, or the record only proves that a domain is ours."""
    first = change.actions == ("create", "delete") and change.type in SEAMLESS
    proof = change.type == "aws_route53_record" and str(change.before.get("name", "")).startswith("_")
    return first or proof


def _gone(change: Change) -> Effect:
    consequence = SERVING[change.type]
    if change.deletes:
        return Effect(Kind.DOWNTIME, f"it is deleted: {consequence}", change)
    because = f" because {listed(change.replaced_for)} cannot be changed in place" if change.replaced_for else ""
    if change.reason == "replace_by_request":
        because = " because somebody asked for it (-replace)"
    if change.actions == ("create", "delete"):
        order = "a new one is made first, then the old one is deleted"
    else:
        order = f"the old one is deleted before the new one is there: until then {consequence}"
    return Effect(Kind.DOWNTIME, f"it is replaced{because}: {order}", change, next(iter(change.replaced_for), ""))


def _only_computed(change: Change, difference: Difference) -> bool:
    """Whether AWS fills the attribute in and nobody asked for another value."""
    return not difference.known and difference.path != "engine_version" and difference.path not in change.after


def _interrupted(change: Change, difference: Difference, outage: Outage, mask: Mask) -> Effect:
    values = f"{said(difference.before, mask)} -> {said(difference.after, mask)}"
    when = ""
    if outage.window:
        now = change.after.get("apply_immediately") is True
        window = change.after.get("maintenance_window")
        when = (
            " (at once: apply_immediately)" if now else f" (in the maintenance window{f' {window}' if window else ''})"
        )
    return Effect(Kind.DOWNTIME, f"{values}: {outage.text}{when}", change, difference.path, source=outage.source)


def _backups_switched(change: Change) -> bool:
    """Whether the days of retention go to 0 or come from it."""
    before, after = change.before.get("backup_retention_period"), change.after.get("backup_retention_period")
    return change.of("backup_retention_period") is not None and (before == 0) != (after == 0)


def _parameters(change: Change) -> Iterator[Effect]:
    """Parameters that hold only after a reboot, which Terraform does not make."""
    before, after = _by_name(change.before), _by_name(change.after)
    static = [
        name
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
        and "pending-reboot" in {str(one.get("apply_method")) for one in (before.get(name), after.get(name)) if one}
    ]
    if static:
        text = f"{listed(static)} hold only after a reboot, which somebody must make: the database is down meanwhile"
        text = text.replace(" hold ", " holds ", 1) if len(static) == 1 else text
        yield Effect(Kind.DOWNTIME, text, change, "parameter", source=PARAMETERS)


def _by_name(values: Any) -> dict[str, dict[str, Any]]:
    return {str(one.get("name")): one for one in values.get("parameter") or () if isinstance(one, dict)}


def _tasks(change: Change) -> Iterator[Effect]:
    """Deployments that stop tasks before others run, and services scaled to nothing."""
    if change.of("desired_count") is not None and change.after.get("desired_count") == 0:
        yield Effect(Kind.DOWNTIME, "no task is left running", change, "desired_count", source=ECS)
    percent = change.after.get("deployment_minimum_healthy_percent")
    released = [path for path in ("task_definition", "network_configuration", "load_balancer") if change.of(path)]
    if released and isinstance(percent, int | float) and percent < 100:  # noqa: PLR2004 - per cent of the tasks
        text = f"a new deployment may run with {percent:g} per cent of the tasks"
        yield Effect(Kind.DOWNTIME, text, change, released[0], source=ECS)
