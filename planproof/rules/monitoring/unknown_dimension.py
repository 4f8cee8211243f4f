"""An alarm asks for a metric by dimensions under which AWS does not keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource, Unknown
from planproof.reading.alarms import of
from planproof.reading.metrics import PUBLISHED
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(alarm: Resource, _: Document) -> Iterator[Outcome]:
    """The set of dimensions must be one of those of the namespace: a part of it finds nothing."""
    for watch in of(alarm):
        known = PUBLISHED.get(watch.namespace) if isinstance(watch.namespace, str) else None
        if known is None:
            continue
        path = f"{watch.path}dimensions"
        if isinstance(watch.dimensions, Unknown):
            yield Undecided(path, watch.dimensions.cause)
        elif not known.keeps(watch.dimensions):
            wishes = sorted(" and ".join(sorted(one)) or "none" for one in known.dimensions)
            yield Violation(path, f"one of: {', '.join(wishes)}", found=sorted(watch.dimensions))


def is_of_aws(alarm: Resource, _: Document) -> bool:
    """Choose alarms on metrics that the table has."""
    return alarm.get("namespace") in PUBLISHED


def is_of_a_queue(alarm: Resource, _: Document) -> bool:
    """Choose alarms on queues."""
    return bool(alarm.get("namespace") == "AWS/SQS")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudwatch_metric_alarm",),
    why="CloudWatch joins nothing: a metric asked for by other dimensions is another metric, and empty.",
    fix="Give exactly the dimensions that the page of the service names, such as ClusterName and ServiceName.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=(
        Mutation("dimensions", {"Name": "payments"}, on=is_of_aws),
        Mutation("dimensions.AutoScalingGroupName", "payments", at="dimensions", on=is_of_aws),
        Mutation("dimensions", ABSENT, on=is_of_a_queue),
    ),
)
