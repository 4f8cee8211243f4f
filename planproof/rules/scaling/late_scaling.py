"""A service grows only when it is overloaded already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource, among
from planproof.reading.scaling import PREDEFINED, TRACKING
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = f"{TRACKING}.target_value"
MOST_PERCENT: Final = 85
PERCENTAGES: Final = ("ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization")


def check(policy: Resource, _: Document) -> Iterator[Outcome]:
    """A new task needs a minute: what it must bear is kept free."""
    if among(policy.get(PREDEFINED), PERCENTAGES):
        yield from must(policy, PATH, at_most=MOST_PERCENT, expected=f"at most {MOST_PERCENT} percent")


def is_percentage(policy: Resource, _: Document) -> bool:
    """Choose policies that follow a percentage."""
    return policy.get(PREDEFINED) in PERCENTAGES


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_appautoscaling_policy",),
    why="While the next task starts, the running ones fail, and failing tasks are replaced instead of helped.",
    fix="Set the target where the running tasks still have room: 60 to 75 percent.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-autoscaling-best-practice.html",
    controls=(),
    check=check,
    mutations=(Mutation(PATH, 95, on=is_percentage), Mutation(PATH, 100, on=is_percentage)),
)
