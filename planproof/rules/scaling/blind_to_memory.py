"""A service does not grow when its memory is full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.scaling import PREDEFINED, follows, unscaled_by
from planproof.reading.tasks import POLICY
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


METRIC: Final = "ECSServiceAverageMemoryUtilization"


def check(target: Resource, document: Document) -> Iterator[Outcome]:
    """A policy that follows memory, or an alarm on it that starts one."""
    yield from unscaled_by(target, document, METRIC, "MemoryUtilization")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_appautoscaling_target",),
    why="Tasks are killed for lack of memory one after the other while their processors are idle.",
    fix="Add modules.scaling.Scaling to the service, which follows memory.",
    docs="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html",
    controls=(),
    check=check,
    mutations=(
        Removal(POLICY, at=METRIC, on=follows(METRIC)),
        Mutation(PREDEFINED, "ECSServiceAverageCPUUtilization", POLICY, at=METRIC, on=follows(METRIC)),
    ),
)
