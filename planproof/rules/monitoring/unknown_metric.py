"""An alarm watches a metric that AWS does not publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource, text
from planproof.reading.alarms import of
from planproof.reading.metrics import MISNAMED, PUBLISHED
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(alarm: Resource, _: Document) -> Iterator[Outcome]:
    """Look each metric up in its namespace; of others only those are judged that mean one of the table."""
    for watch in of(alarm):
        namespace = text(watch.namespace)
        known = PUBLISHED.get(namespace)
        if known is not None:
            if not known.has(text(watch.metric)):
                yield Violation(f"{watch.path}metric_name", f"a metric of {watch.namespace}")
        elif (meant := MISNAMED.get(namespace.lower())) is not None:
            yield Violation(f"{watch.path}namespace", meant)


def is_of_aws(alarm: Resource, _: Document) -> bool:
    """Choose alarms on metrics that the table has."""
    return alarm.get("namespace") in PUBLISHED


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudwatch_metric_alarm",),
    why="The alarm is green for ever, because nothing ever writes what it watches.",
    fix="Write the metric as the page of its service spells it.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=(
        Mutation("metric_name", "CpuUtilization", on=is_of_aws),
        Mutation("metric_name", "UnhealthyHostCount", on=is_of_aws),
        Mutation("namespace", "aws/rds", on=is_of_aws),
        Mutation(
            "metric_query.0.metric.0.metric_name", "CpuUsed", on=lambda alarm, _: alarm.get("metric_query") is not None
        ),
    ),
    specimen={
        "resource": {
            "aws_cloudwatch_metric_alarm": {
                "computed": {
                    "metric_query": [
                        {"id": "cpu", "metric": [{"namespace": "AWS/RDS", "metric_name": "CPUUtilization"}]}
                    ]
                }
            }
        }
    },
)
