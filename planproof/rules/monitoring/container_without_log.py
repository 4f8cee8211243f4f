"""A container's output goes nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource, mapping
from planproof.reading.tasks import containers
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """Every container, also the ones beside the program."""
    for position, container in enumerate(containers(task)):
        logging = container.get("logConfiguration")
        if not mapping(logging).get("logDriver"):
            yield Violation(f"container_definitions.{position}.logConfiguration", "a log driver, such as awslogs")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="What a crashed or stolen container did is gone together with it.",
    fix="Build the task with modules.task.Task, which gives every container its log group.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    controls=("pci-dss-4.0.1/10.2.1", "aws-fsbp/ECS.9"),
    check=check,
    mutations=(
        Mutation("container_definitions.0.logConfiguration"),
        Mutation(
            "container_definitions.0.logConfiguration.logDriver", ABSENT, at="container_definitions.0.logConfiguration"
        ),
    ),
)
