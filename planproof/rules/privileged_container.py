"""A container has the rights of its host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource, Unknown, mappings
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "container_definitions"


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """Neither privileged, nor root in name, nor able to write its own program."""
    for position, container in mappings(task.json(TEXT)):
        if container.get("privileged", False):
            yield Violation(f"{TEXT}.{position}.privileged", "false")
        if not container.get("readonlyRootFilesystem", False):
            yield Violation(f"{TEXT}.{position}.readonlyRootFilesystem", "true")
        user = container.get("user", "")
        if isinstance(user, Unknown):
            yield Undecided(f"{TEXT}.{position}.user", user.cause)
        elif str(user).partition(":")[0] in {"root", "0"}:
            yield Violation(f"{TEXT}.{position}.user", "a user other than root")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="Whoever breaks into the program becomes the owner of the machine, or rewrites the program.",
    fix="Leave privileged out, set readonlyRootFilesystem to true and name a user that is not root.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    controls=("pci-dss-4.0.1/2.2.6", "aws-fsbp/ECS.4", "aws-fsbp/ECS.5"),
    check=check,
    mutations=(
        Mutation(f"{TEXT}.0.privileged", value=True),
        Mutation(f"{TEXT}.0.readonlyRootFilesystem", value=False),
        Mutation(f"{TEXT}.0.readonlyRootFilesystem", ABSENT),
        Mutation(f"{TEXT}.0.user", "root"),
        Mutation(f"{TEXT}.0.user", "0:0"),
    ),
    specimen={
        "resource": {
            "aws_ecs_task_definition": {
                "payments": {
                    "family": "payments",
                    TEXT: '${jsonencode([{"name": "app", "readonlyRootFilesystem": true, "user": "10001"}])}',
                }
            }
        }
    },
)
