"""All tasks of a service run in one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.subnets import in_one_zone
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "network_configuration.0.subnets"


def check(service: Resource, document: Document) -> Iterator[Outcome]:
    """Subnets of two zones at least."""
    yield from in_one_zone(service, PATH, document)


def has_two(service: Resource, document: Document) -> bool:
    """Choose a service of two subnets."""
    return len(document.targets(service, PATH)) == 2  # noqa: PLR2004 - the smallest platform that passes


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_service",),
    why="The loss of one data centre stops the service, however many tasks it has.",
    fix="Name at least two zones in network.zones.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
    controls=(),
    check=check,
    mutations=(Mutation(f"{PATH}.1", ABSENT, at=PATH, on=has_two),),
)
