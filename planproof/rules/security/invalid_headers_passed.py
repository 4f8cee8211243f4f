"""A load balancer passes on headers and requests that no browser would send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


MODE: Final = "desync_mitigation_mode"


def check(balancer: Resource, _: Document) -> Iterator[Outcome]:
    """Invalid headers are dropped, and ambiguous requests are not passed on."""
    if balancer.get("load_balancer_type", "application") == "application":
        yield from must(balancer, "drop_invalid_header_fields", equals=True, default=False)
        yield from must(balancer, MODE, one_of=("defensive", "strictest"), default="defensive")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_lb", "aws_alb"),
    why="Two servers that read one request differently can be made to serve one customer another's answer.",
    fix="Set drop_invalid_header_fields to true and desync_mitigation_mode to defensive or strictest.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
    controls=("pci-dss-4.0.1/6.2.4", "pci-dss-4.0.1/2.2.6", "aws-fsbp/ELB.4", "aws-fsbp/ELB.12"),
    check=check,
    mutations=(
        Mutation("drop_invalid_header_fields", value=False),
        Mutation("drop_invalid_header_fields", ABSENT),
        Mutation(MODE, "monitor"),
    ),
)
