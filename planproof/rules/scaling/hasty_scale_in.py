"""A service shrinks before the load is really gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import as_number, must
from planproof.document import Document, Resource
from planproof.reading.scaling import TRACKING
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = f"{TRACKING}.scale_in_cooldown"
OUT: Final = f"{TRACKING}.scale_out_cooldown"
LEAST_SECONDS: Final = 60
DEFAULT_SECONDS: Final = 300


def check(policy: Resource, _: Document) -> Iterator[Outcome]:
    """Slower in than out, and at least a minute; without a number AWS waits five minutes."""
    if policy.get("policy_type") != "TargetTrackingScaling" or policy.get(f"{TRACKING}.disable_scale_in") is True:
        return
    least = max(LEAST_SECONDS, int(as_number(policy.get(OUT)) or 0)) if policy.get(PATH) is not None else LEAST_SECONDS
    yield from must(policy, PATH, at_least=least, default=DEFAULT_SECONDS, expected=f"at least {least} seconds")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_appautoscaling_policy",),
    why="Tasks come and go with every wave of requests, and each that goes cuts its payments off.",
    fix="Leave scale_in_cooldown as modules.scaling.Scaling sets it: 300 seconds.",
    docs="https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html",
    controls=(),
    check=check,
    mutations=(Mutation(PATH, 0), Mutation(PATH, 30), Mutation(OUT, 900, at=PATH)),
)
