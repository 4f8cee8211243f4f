"""A container writes to a log group that the stack does not make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Document, Resource, Unknown, among, mapping
from planproof.reading.tasks import containers
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


GROUP: Final = "aws_cloudwatch_log_group"


def check(task: Resource, document: Document) -> Iterator[Outcome]:
    """By name, or by reference to a group of the stack."""
    names = document.once(_names)
    for position, container in enumerate(containers(task)):
        logging = mapping(container.get("logConfiguration"))
        options = mapping(logging.get("options"))
        if logging.get("logDriver") != "awslogs":
            continue
        path = f"container_definitions.{position}.logConfiguration.options.awslogs-group"
        group = options.get("awslogs-group")
        if isinstance(group, Unknown):
            if not any(document.resource(one.address) for one in group.references):
                yield Undecided(path, group.cause)
        elif not among(group, names):
            yield Violation(path, "the name of a log group of this stack")


def _names(document: Document) -> frozenset[Any]:
    return frozenset(name for group in document.of(GROUP) if isinstance(name := group.get("name"), str))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="The task does not start; or a group without retention and key is made by whoever may make one.",
    fix="Build the task with modules.task.Task, which makes the log group and names it.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html",
    controls=("pci-dss-4.0.1/10.2.1", "pci-dss-4.0.1/10.5.1"),
    check=check,
    mutations=(
        Mutation("container_definitions.0.logConfiguration.options.awslogs-group", "/ecs/forgotten"),
        Mutation("container_definitions.0.logConfiguration.options.awslogs-group"),
    ),
)
