"""A service runs a fixed number of tasks whatever its load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.tasks import TARGET, targets_of
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(service: Resource, document: Document) -> Iterator[Outcome]:
    """A scaling target; daemons have one task a machine and need none."""
    if service.get("scheduling_strategy", "REPLICA") == "REPLICA" and not targets_of(service, document):
        yield Violation(TARGET, "a scaling target for this service", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_service",),
    why="On the day of the sale the tasks that are enough on a Monday answer no one.",
    fix="Add modules.scaling.Scaling to the service; min_tasks and max_tasks are in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
    controls=(),
    check=check,
    mutations=(
        Removal(TARGET, at=TARGET),
        Mutation("resource_id", "service/other/other", TARGET, at=TARGET),
    ),
)
