"""Terraform and the scaling policies set the same number of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource, items
from planproof.document.paths import walk
from planproof.reading.tasks import targets_of
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "desired_count"


def check(service: Resource, document: Document) -> Iterator[Outcome]:
    """Only a configuration says what Terraform leaves alone; plan and state do not."""
    if service.get(PATH) is None or not targets_of(service, document):
        return
    left_alone = walk(service.meta, ("lifecycle", "0", "ignore_changes"))
    if left_alone != "all" and PATH not in items(left_alone):
        yield Violation(PATH, "ignored by Terraform: lifecycle.ignore_changes names desired_count")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_service",),
    why="Every deployment at noon throws away the tasks that the load of the morning had added.",
    fix="Add desired_count to lifecycle.ignore_changes, as modules.service.Service does.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
    controls=(),
    kinds=("configuration",),
    check=check,
    mutations=(
        Mutation("lifecycle", ABSENT, at=PATH),
        Mutation("lifecycle.ignore_changes", ["task_definition"], at=PATH),
    ),
)
