"""A service may scale, and nothing says when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.tasks import POLICY, policies_of
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(target: Resource, document: Document) -> Iterator[Outcome]:
    """At least one policy."""
    if not policies_of(target, document):
        yield Violation(POLICY, "a policy for this target", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_appautoscaling_target",),
    why="The service stays at its least number of tasks under any load.",
    fix="Add modules.scaling.Scaling to the service: it makes the target and its policies.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("resource_id", "service/main/other", POLICY, at=POLICY, on=lambda one, _: one.name == "alone"),
        Removal(POLICY, at=POLICY, on=lambda one, _: one.name == "alone"),
    ),
    specimen={
        "resource": {
            "aws_appautoscaling_target": {"main": {"resource_id": "service/main/payments", "service_namespace": "ecs"}},
            "aws_appautoscaling_policy": {
                "alone": {"resource_id": "service/main/payments", "policy_type": "TargetTrackingScaling"}
            },
        }
    },
)
