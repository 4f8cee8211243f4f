"""A load balancer stands in one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.subnets import in_one_zone
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(balancer: Resource, document: Document) -> Iterator[Outcome]:
    """Subnets of two zones at least; AWS demands it of application balancers."""
    path = "subnets" if balancer.get("subnet_mapping") is None else "subnet_mapping"
    yield from in_one_zone(balancer, path, document)


def to_one_zone(balancer: Resource, document: Document) -> bool:
    """Choose a balancer of two subnets."""
    return len(document.targets(balancer, "subnets")) == 2  # noqa: PLR2004 - the smallest platform that passes


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb", "aws_alb"),
    why="The loss of one data centre is the loss of the only door.",
    fix="Name at least two zones in network.zones.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    controls=("aws-fsbp/ELB.13",),
    check=check,
    mutations=(Mutation("subnets.1", ABSENT, at="subnets", on=to_one_zone),),
)
