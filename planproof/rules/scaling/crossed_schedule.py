"""A schedule sets a least number of tasks above the most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import as_number, must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "scalable_target_action.0.min_capacity"


def check(schedule: Resource, _: Document) -> Iterator[Outcome]:
    """The least of a schedule is at most its most."""
    most = as_number(schedule.get("scalable_target_action.0.max_capacity"))
    if most is not None:
        yield from must(schedule, PATH, at_most=most, default=0, expected=f"at most the {most} of max_capacity")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_appautoscaling_scheduled_action",),
    why="AWS refuses the schedule, and the morning's load meets the tasks of the night.",
    fix="Write min_tasks below max_tasks in the schedules of the service.",
    docs="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTargetAction.html",
    controls=(),
    check=check,
    mutations=(
        Mutation(PATH, "99"),
        Mutation("scalable_target_action.0.max_capacity", "1", at=PATH),
    ),
)
