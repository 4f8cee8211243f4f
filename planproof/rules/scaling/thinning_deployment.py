"""A deployment takes tasks away before the new ones work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.reading.scaling import is_rolling
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "deployment_minimum_healthy_percent"


def check(service: Resource, _: Document) -> Iterator[Outcome]:
    """All tasks stay until they are replaced; without a number AWS takes 100 percent."""
    if is_rolling(service):
        yield from must(service, PATH, at_least=100, default=100)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_service",),
    why="Every deployment at noon is a small outage.",
    fix="Leave deployment_minimum_healthy_percent at 100, as modules.service.Service does.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
    controls=("pci-dss-4.0.1/6.5.1",),
    check=check,
    mutations=(Mutation(PATH, 0), Mutation(PATH, 50)),
)
