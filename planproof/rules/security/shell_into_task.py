"""People can open a shell in a running task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


LOGGING: Final = "configuration.0.execute_command_configuration.0.logging"


def check(part: Resource, _: Document) -> Iterator[Outcome]:
    """Off for every service; a cluster does not switch off the record of its shells."""
    if part.type == "aws_ecs_service":
        yield from must(part, "enable_execute_command", equals=False, default=False)
    elif part.get(LOGGING) == "NONE":
        yield Violation(LOGGING, "OVERRIDE, with a log group and a key")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_service", "aws_ecs_cluster"),
    why="Whoever has the permission reads secrets and card data in memory; what he types may not be recorded.",
    fix="Set enable_execute_command to false; where it is needed for a day, log its sessions with a key.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
    controls=("pci-dss-4.0.1/2.2.4", "pci-dss-4.0.1/7.2.5"),
    check=check,
    mutations=(
        Mutation("enable_execute_command", value=True, on=lambda part, _: part.type == "aws_ecs_service"),
        Mutation(LOGGING, "NONE", on=lambda part, _: part.type == "aws_ecs_cluster"),
    ),
)
