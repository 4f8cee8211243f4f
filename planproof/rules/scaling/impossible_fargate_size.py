"""A task asks Fargate for a size that it does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import ABSENT, Document, Resource, items
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
GIB: Final = 1024
SIZES: Final[dict[int, frozenset[int]]] = {
    256: frozenset((512, GIB, 2 * GIB)),
    512: frozenset(range(GIB, 4 * GIB + 1, GIB)),
    1024: frozenset(range(2 * GIB, 8 * GIB + 1, GIB)),
    2048: frozenset(range(4 * GIB, 16 * GIB + 1, GIB)),
    4096: frozenset(range(8 * GIB, 30 * GIB + 1, GIB)),
    8192: frozenset(range(16 * GIB, 60 * GIB + 1, 4 * GIB)),
    16384: frozenset(range(32 * GIB, 120 * GIB + 1, 8 * GIB)),
}


def check(task: Resource, _: Document) -> Iterator[Outcome]:
    """A processor size of the table, and a memory size of its row."""
    if "FARGATE" not in items(task.get("requires_compatibilities")):
        return
    cpu, memory = _units(task.get("cpu")), _units(task.get("memory"))
    if cpu not in SIZES:
        yield Violation("cpu", f"one of {', '.join(map(str, SIZES))}")
    elif memory not in SIZES[cpu]:
        yield Violation("memory", f"{min(SIZES[cpu])} to {max(SIZES[cpu])} MiB in the steps of Fargate")


def _units(value: Any) -> int | None:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="AWS refuses the task definition in the middle of a deployment.",
    fix="Choose cpu_units and memory_mib of the service from the table of Fargate sizes.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("cpu", "300"),
        Mutation("cpu", ABSENT),
        Mutation("memory", "128"),
        Mutation("memory", "5000"),
        Mutation("memory", ABSENT),
    ),
)
