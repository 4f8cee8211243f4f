"""A service grows and never shrinks again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.scaling import TRACKING
from planproof.reading.tasks import policies_of
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = f"{TRACKING}.disable_scale_in"


def check(target: Resource, document: Document) -> Iterator[Outcome]:
    """At least one policy lets the service shrink."""
    policies = policies_of(target, document)
    switches = [(policy, policy.get(PATH, False)) for policy in policies]
    if not policies or any(switch is False for _, switch in switches):
        return
    for policy, switch in switches:
        if isinstance(switch, Unknown):
            yield Undecided(PATH, switch.cause, policy)
            return
    yield Violation(PATH, "false in at least one policy", resource=policies[0])


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_appautoscaling_target",),
    why="One busy hour is paid for until somebody looks.",
    fix="Leave disable_scale_in out, as modules.scaling.Scaling does.",
    docs="https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html",
    controls=(),
    check=check,
    mutations=(
        Mutation(PATH, value=True, type="aws_appautoscaling_policy", at=PATH, on=lambda one, _: one.name == "alone"),
    ),
    specimen={
        "resource": {
            "aws_appautoscaling_target": {"main": {"resource_id": "service/main/payments", "service_namespace": "ecs"}},
            "aws_appautoscaling_policy": {
                "alone": {
                    "resource_id": "service/main/payments",
                    "policy_type": "TargetTrackingScaling",
                    "target_tracking_scaling_policy_configuration": {"target_value": 60},
                }
            },
        }
    },
)
