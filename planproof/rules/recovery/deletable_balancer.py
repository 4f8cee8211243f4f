"""One command deletes the door of the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _protected(balancer: Resource, _: Document) -> Iterator[Outcome]:
    yield from must(balancer, "enable_deletion_protection", equals=True, default=False)


check = outside_the_first(_protected, "aws_lb", "aws_alb")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="A load balancer that is replaced has another name, and customers resolve the old one for minutes.",
    fix="Leave deletion_protection at true in the environment's YAML.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    controls=("aws-fsbp/ELB.6",),
    check=check,
    mutations=tuple(
        Mutation("enable_deletion_protection", value, "aws_lb", environment=name)
        for name in ("staging", "prod")
        for value in (False, ABSENT)
    ),
)
