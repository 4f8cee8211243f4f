"""A load balancer has no listener."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Addition, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(balancer: Resource, document: Document) -> Iterator[Outcome]:
    """Look for a listener, by reference or by ARN."""
    listeners = document.of("aws_lb_listener")
    known = balancer.get("arn")
    by_arn = isinstance(known, str) and any(one.get("load_balancer_arn") == known for one in listeners)
    if not by_arn and not document.referrers(balancer, "aws_lb_listener"):
        yield Violation("name", "an aws_lb_listener, or no load balancer")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_lb",),
    why="It and its public addresses are paid by the hour and answer nobody.",
    fix="Add a listener, or take the load balancer out.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    controls=("pci-dss-4.0.1/2.2.4",),
    check=check,
    mutations=(Addition("aws_lb", {"name": "forgotten"}, beside="aws_lb", at="name"),),
)
