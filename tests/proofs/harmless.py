"""Changes that harm nobody, and why: whoever makes one must hear nothing from planproof.

Each is made in all environments at once, as somebody makes it who changes the
code: made in one environment alone it is a difference that the contract names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Body = dict[str, Any]
REPLACING: Final = frozenset({"aws_security_group", "aws_iam_policy", "aws_elasticache_parameter_group"})
"""Where another description means another resource."""
POLICIES: Final = ("policy", "assume_role_policy")
LONGER: Final = {30: 60, 60: 90, 90: 120, 180: 365, 365: 400, 400: 545}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one resource; `make` gives the new body, or None where there is nothing to change."""

    reason: str
    make: Callable[[str, Body], Body | None]
    types: tuple[str, ...] = ()

    def places(self, raw: Mapping[str, Any]) -> Iterator[str]:
        """The resources it can change."""
        for type_, bodies in raw["resource"].items():
            if not self.types or type_ in self.types:
                for name, body in bodies.items():
                    if self._made(type_, body) is not None:
                        yield f"{type_}.{name}"

    def applied(self, raw: Mapping[str, Any], address: str) -> dict[str, Any]:
        """The configuration with the change, or as it is when it has no such resource."""
        type_, _, name = address.partition(".")
        bodies = raw["resource"].get(type_, {})
        body = self._made(type_, bodies[name]) if name in bodies else None
        if body is None:
            return dict(raw)
        return {**raw, "resource": {**raw["resource"], type_: {**bodies, name: body}}}

    def _made(self, type_: str, body: Body) -> Body | None:
        changed = self.make(type_, body)
        return None if changed == body else changed


def _set(name: str, better: Callable[[Any], Any]) -> Callable[[str, Body], Body | None]:
    def make(type_: str, body: Body) -> Body | None:
        del type_
        return {**body, name: better(body[name])} if name in body else None

    return make


def _inside(block: str, name: str, better: Callable[[Any], Any]) -> Callable[[str, Body], Body | None]:
    def make(type_: str, body: Body) -> Body | None:
        del type_
        inner = body.get(block)
        if not isinstance(inner, dict) or name not in inner:
            return None
        return {**body, block: {**inner, name: better(inner[name])}}

    return make


def _other_words(type_: str, body: Body) -> Body | None:
    named = next((name for name in ("description", "alarm_description") if name in body), None)
    if named is None or type_ in REPLACING:
        return None
    return {**body, named: f"{body[named].rstrip('.')}, as agreed"}


def _one_more_tag(type_: str, body: Body) -> Body | None:
    del type_
    return {**body, "tags": {**body["tags"], "Note": "asked for by finance"}} if body.get("tags") else None


def _policies(better: Callable[[Body], Body], spaces: int | None = None) -> Callable[[str, Body], Body | None]:
    def make(type_: str, body: Body) -> Body | None:
        del type_
        name = next((one for one in POLICIES if str(body.get(one, "")).startswith('{"Version"')), None)
        if name is None:
            return None
        return {**body, name: json.dumps(better(json.loads(body[name])), indent=spaces)}

    return make


def _statements(better: Callable[[Body], Body]) -> Callable[[Body], Body]:
    return lambda policy: {**policy, "Statement": [better(one) for one in policy["Statement"]]}


def _backwards(statement: Body) -> Body:
    return {key: value[::-1] if isinstance(value, list) else value for key, value in statement.items()}


def _alone(statement: Body) -> Body:
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in statement.items()}


def _as_text(type_: str, body: Body) -> Body | None:
    del type_
    return {name: ("true" if value else "false") if isinstance(value, bool) else value for name, value in body.items()}


def _lists_backwards(type_: str, body: Body) -> Body | None:
    del type_
    return {
        name: value[::-1] if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
        for name, value in body.items()
    }


def _unset(type_: str, body: Body) -> Body | None:
    del type_
    return {**body, "timeouts": None} if "timeouts" not in body else None


def _containers(better: Callable[[Body], Body]) -> Callable[[str, Body], Body | None]:
    return _set("container_definitions", lambda text: json.dumps([better(one) for one in json.loads(text)]))


def _one_more_variable(container: Body) -> Body:
    return {**container, "environment": [*container.get("environment", []), {"name": "LOG_LEVEL", "value": "info"}]}


def _next_image(container: Body) -> Body:
    return {**container, "image": f"{container['image'].rpartition(':')[0]}:9.9.9"}


HARMLESS: Final[Mapping[str, Change]] = {
    "described in other words": Change("a text for people; AWS only keeps it", _other_words),
    "given one more tag": Change("a tag more takes none of the needed ones away", _one_more_tag),
    "given no timeouts": Change("null is how Terraform says that nothing was said", _unset),
    "its switches as text": Change("Terraform reads the text true as the switch", _as_text),
    "its lists backwards": Change("these lists are sets to AWS", _lists_backwards),
    "its statements named anew": Change(
        "a Sid is a name for people", _policies(_statements(lambda one: {**one, "Sid": f"{one.get('Sid', '')}Again"}))
    ),
    "its policy's lists backwards": Change("order means nothing in a policy", _policies(_statements(_backwards))),
    "its policy's lists of one as text": Change("a text is a list of one in a policy", _policies(_statements(_alone))),
    "its policy's statements backwards": Change(
        "order means nothing in a policy", _policies(lambda one: {**one, "Statement": one["Statement"][::-1]})
    ),
    "its policy laid out": Change("spaces mean nothing in JSON", _policies(lambda one: one, 2)),
    "a longer period": Change(
        "an alarm's period within its limits", _set("period", lambda one: one * 2), ("aws_cloudwatch_metric_alarm",)
    ),
    "a log kept longer": Change(
        "more retention is never less than asked for",
        _set("retention_in_days", lambda one: LONGER.get(one, one)),
        ("aws_cloudwatch_log_group",),
    ),
    "a slower health check": Change(
        "within the limits of the balancer and the grace period",
        _inside("health_check", "interval", lambda one: one + 5),
        ("aws_lb_target_group",),
    ),
    "a longer farewell": Change(
        "requests have more time to end", _set("deregistration_delay", lambda _: "45"), ("aws_lb_target_group",)
    ),
    "a longer pause": Change("an idle connection lives longer", _set("idle_timeout", lambda _: 75), ("aws_lb",)),
    "another priority": Change("the only rule comes first", _set("priority", lambda _: 20), ("aws_lb_listener_rule",)),
    "a slower record": Change("the record never changes", _set("ttl", lambda _: 600), ("aws_route53_record",)),
    "a higher target": Change(
        "between two tasks' needs it is taste",
        _inside("target_tracking_scaling_policy_configuration", "target_value", lambda one: one + 1),
        ("aws_appautoscaling_policy",),
    ),
    "a later maintenance": Change(
        "another quiet hour of the week", _set("maintenance_window", lambda _: "sun:05:00-sun:06:00")
    ),
    "a little more money": Change(
        "a budget that still covers the estimate",
        _set("limit_amount", lambda one: str(int(one) + 50)),
        ("aws_budgets_budget",),
    ),
    "one more variable": Change(
        "a setting of the program, not a secret", _containers(_one_more_variable), ("aws_ecs_task_definition",)
    ),
    "the next release": Change("that is what a release is", _containers(_next_image), ("aws_ecs_task_definition",)),
    "another picture": Change(
        "a dashboard is for people",
        _set("dashboard_body", lambda one: one.replace('"width": 8', '"width": 12')),
        ("aws_cloudwatch_dashboard",),
    ),
}
