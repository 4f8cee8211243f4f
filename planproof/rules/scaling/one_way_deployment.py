"""A deployment that fails is not rolled back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.scaling import is_rolling
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "deployment_circuit_breaker.0"


def check(service: Resource, _: Document) -> Iterator[Outcome]:
    """The circuit breaker is on, and turns back."""
    if not is_rolling(service):
        return
    yield from must(service, f"{PATH}.enable", equals=True, default=False)
    if service.get(f"{PATH}.enable") is True:
        yield from must(service, f"{PATH}.rollback", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_service",),
    why="A broken image is started again and again until somebody wakes up, with fewer and fewer good tasks.",
    fix="Build the service with modules.service.Service, whose circuit breaker rolls back.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
    controls=("pci-dss-4.0.1/6.5.1",),
    check=check,
    mutations=(
        Mutation("deployment_circuit_breaker", ABSENT, at=f"{PATH}.enable"),
        Mutation(f"{PATH}.enable", value=False),
        Mutation(f"{PATH}.rollback", value=False),
    ),
)
