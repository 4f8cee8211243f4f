"""An alarm watches a metric that no log filter writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.alarms import of
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PLACES: Final = ("metric_transformation.0.namespace", "metric_transformation.0.name")
FILTER: Final = "aws_cloudwatch_log_metric_filter"
OTHERS: Final = ("AWS/", "ECS/", "CWAgent", "ContainerInsights", "LambdaInsights")


def check(alarm: Resource, document: Document) -> Iterator[Outcome]:
    """Ask about namespaces that filters of the stack write to; others may be written by a program."""
    written = document.once(_written)
    for watch in of(alarm):
        if str(watch.namespace).startswith(OTHERS) or (watch.namespace, watch.metric) in written:
            continue
        path = f"{watch.path}metric_name"
        if any(watch.namespace == namespace for namespace, _ in written):
            yield Violation(path, f"a metric that a filter writes to {watch.namespace}")
        else:
            yield Undecided(path, f"what programs write to {watch.namespace} is not in the document")


def _written(document: Document) -> frozenset[tuple[Any, ...]]:
    wrote = (tuple(map(one.get, PLACES)) for one in document.of(FILTER))
    return frozenset(one for one in wrote if all(isinstance(part, str | Unknown) for part in one))


def is_ours(alarm: Resource, _: Document) -> bool:
    """Choose alarms on metrics of our own."""
    return not str(alarm.get("namespace")).startswith(OTHERS)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudwatch_metric_alarm",),
    why="The use of the root user raises an alarm only on paper.",
    fix="Give filter and alarm the same namespace and metric; modules.vigilance.Vigilance makes both together.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html",
    controls=("pci-dss-4.0.1/10.4.1.1", "pci-dss-4.0.1/10.7.2", "cis-aws-3.0/4.3"),
    check=check,
    mutations=(
        Mutation("metric_name", "another", on=is_ours),
        Mutation("metric_transformation.0.name", "another", FILTER, at="metric_name"),
        Removal(FILTER, at="metric_name"),
    ),
)
