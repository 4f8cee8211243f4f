"""A container keeps rights of root that it does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource, items
from planproof.reading.containers import TEXT, containers
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


RIGHTS: Final = "linuxParameters.capabilities"


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """Everything is dropped, and nothing is added but the right to bind a low port; Windows has none of this."""
    if str(task.get("runtime_platform.0.operating_system_family", "LINUX")).startswith("WINDOWS"):
        return
    for container in containers(task):
        if "ALL" not in items(container.get(f"{RIGHTS}.drop")):
            yield Violation(container.at(f"{RIGHTS}.drop"), "ALL")
        for position, right in enumerate(items(container.get(f"{RIGHTS}.add"))):
            if right != "NET_BIND_SERVICE":
                yield Violation(container.at(f"{RIGHTS}.add.{position}"), "no added right")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="Rights such as SYS_PTRACE or NET_RAW let a broken program spy on its neighbours.",
    fix="Drop ALL in linuxParameters.capabilities and add none; modules.task.Task does.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html",
    controls=("pci-dss-4.0.1/2.2.4", "pci-dss-4.0.1/7.2.5"),
    check=check,
    mutations=(
        Mutation(f"{TEXT}.0.{RIGHTS}.drop", ABSENT),
        Mutation(f"{TEXT}.0.{RIGHTS}.drop", ["NET_RAW"]),
        Mutation(f"{TEXT}.0.{RIGHTS}.add", ["SYS_PTRACE"], at=f"{TEXT}.0.{RIGHTS}.add.0"),
    ),
)
