"""A task's code has the role that starts the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.reading.outside import doubt
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(task: Resource, document: Document) -> Iterator[Outcome]:
    """Compare the two roles, by what they point to and by their text."""
    pointed = document.target(task, "task_role_arn")
    own, starting = task.get("task_role_arn"), task.get("execution_role_arn")
    if own is None or starting is None:
        return
    hidden = doubt(task, "task_role_arn", document) or doubt(task, "execution_role_arn", document)
    if pointed is not None:
        if pointed is document.target(task, "execution_role_arn"):
            yield Violation("task_role_arn", "a role of its own", found=pointed.address)
        elif hidden is not None:
            yield hidden
        return
    same = type(own) is type(starting) and bool(own == starting)
    if same:
        yield Violation("task_role_arn", "a role of its own")
    elif hidden is not None:
        yield hidden


def _of_specimen(task: Resource, document: Document) -> bool:
    del document
    return bool(task.get("family") == "example")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="Code that is taken over can read the secrets of the start and the images of the registry.",
    fix="Make two roles, as modules.task.Task does: one starts the task, the other is what the code may do.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.2.5"),
    check=check,
    mutations=(
        Mutation("task_role_arn", "${aws_iam_role.starts.arn}", on=_of_specimen),
        Mutation("execution_role_arn", "${aws_iam_role.works.arn}", at="task_role_arn", on=_of_specimen),
    ),
    specimen={
        "resource": {
            "aws_iam_role": {"starts": {"name": "starts"}, "works": {"name": "works"}},
            "aws_ecs_task_definition": {
                "payments": {
                    "family": "example",
                    "execution_role_arn": "${aws_iam_role.starts.arn}",
                    "task_role_arn": "${aws_iam_role.works.arn}",
                    "container_definitions": "[]",
                }
            },
        }
    },
)
