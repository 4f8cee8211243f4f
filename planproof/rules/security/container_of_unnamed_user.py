"""A container runs as whoever its image says, most often root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.containers import TEXT, containers
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """Each container names its user; privileged-container asks whether it is root."""
    for container in containers(task):
        if container.get("user") is None:
            yield Violation(container.at("user"), "a user other than root")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="Whoever breaks into the program may change everything in the container, and more where the kernel has a hole.",
    fix="Name a user that is not root; modules.task.Task sets 10001:10001.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    controls=("pci-dss-4.0.1/2.2.6", "pci-dss-4.0.1/7.2.5", "aws-fsbp/ECS.1"),
    check=check,
    mutations=(
        Mutation(f"{TEXT}.0.user", ABSENT),
        Mutation(f"{TEXT}.0.user", ""),
    ),
)
