"""A Fargate task has no execution role although it pulls an image, writes a log or reads a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Unknown
from planproof.iam.containers import containers
from planproof.iam.needs import of_execution
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(task: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the containers what the agent does for them."""
    if task.get("execution_role_arn") is not None:
        return
    parts = containers(task, document)
    if isinstance(parts, Unknown):
        yield Undecided("execution_role_arn", parts.cause)
        return
    needs = of_execution(parts, document)
    if needs:
        yield Violation("execution_role_arn", f"a role, because {needs[0].why}")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="The task never starts: the agent has no right to pull the image, write the log or read the secret.",
    fix="Give execution_role_arn a role that ecs-tasks.amazonaws.com may assume; modules.task.Task makes one.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    controls=("pci-dss-4.0.1/7.2.2",),
    check=check,
    mutations=(Mutation("execution_role_arn", ABSENT),),
)
