"""No alarm watches the errors or the latency of a load balancer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, on_metric, unwatched
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/ApplicationELB"
METRICS: Final = ("HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "TargetResponseTime")


def check(balancer: Resource, document: Document) -> Iterator[Outcome]:
    """Errors of the services, errors of the balancer, and how long callers wait."""
    if balancer.get("load_balancer_type", "application") == "application":
        yield from unwatched(balancer, document, [Vital(metric, SPACE) for metric in METRICS], "arn_suffix")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb", "aws_alb"),
    why="Payments fail at the door for hours while every dashboard of the services behind it is green.",
    fix="Hand the load balancer to modules.monitoring.Monitoring, which makes an alarm of each of its vitals.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=tuple(
        fault
        for metric in METRICS
        for fault in (
            Removal(ALARM, at=metric, on=on_metric(SPACE, metric)),
            Mutation("namespace", "AWS/ELB", ALARM, at=metric, on=on_metric(SPACE, metric)),
        )
    ),
)
