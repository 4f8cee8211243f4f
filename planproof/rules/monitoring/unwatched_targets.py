"""No alarm tells when the targets of a load balancer are unhealthy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, among
from planproof.reading.alarms import Vital, unwatched, unwatching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


VITALS: Final = (Vital("UnHealthyHostCount", "AWS/ApplicationELB", ("HealthyHostCount", "UnhealthyStateRouting")),)


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Ask groups that speak HTTP; others report to another namespace."""
    if among(group.get("protocol"), {"HTTP", "HTTPS"}):
        yield from unwatched(group, document, VITALS, "arn_suffix")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_lb_target_group", "aws_alb_target_group"),
    why="One task after the other drops out, and the service is called healthy until the last one is gone.",
    fix="Add an alarm on UnHealthyHostCount of the group; modules.target.Target has it among its vitals.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"TargetGroup": "targetgroup/other/1", "LoadBalancer": "app/other/1"}),
)
