"""Alarms, dashboards, logs and metrics.

Source: https://aws.amazon.com/cloudwatch/pricing/
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planproof.cost.items import Item, Meters, Usage, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ONE: Final = Decimal(1)
MINUTE: Final = Decimal(60)


def alarm(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the month and by each metric it looks at."""
    del document
    queries = resource.get("metric_query", [])
    metrics = (
        [q for q in queries if isinstance(q, dict) and q.get("metric") not in (None, [], ())]
        if isinstance(queries, list | tuple)
        else []
    )
    period = number(resource, "period", 300)
    fine = period is not None and period < MINUTE
    sku = "alarm.high-res" if fine else "alarm.standard"
    yield Item("alarm", "cloudwatch", sku, Decimal(len(metrics)) or ONE, hourly=False)


def composite(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the month."""
    del resource, document
    yield Item("composite alarm", "cloudwatch", "alarm.composite", ONE, hourly=False)


def dashboard(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the month."""
    del resource, document
    yield Item("dashboard", "cloudwatch", "dashboard-month", ONE, hourly=False)


def log_group(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the GB taken in, and by the GB kept."""
    del document
    days = resource.get("retention_in_days")
    yield Usage("log", f"GB taken in, and kept {days} days" if days else "GB taken in, and kept for ever")


def metric_filter(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A custom metric in each hour in which it has a value."""
    del resource, document
    yield Usage("metric of a log filter", "hours with a value")


def canary(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the run."""
    del resource, document
    yield Usage("canary", "runs")


METERS: Final[Meters] = {
    "aws_cloudwatch_metric_alarm": alarm,
    "aws_cloudwatch_composite_alarm": composite,
    "aws_cloudwatch_dashboard": dashboard,
    "aws_cloudwatch_log_group": log_group,
    "aws_cloudwatch_log_metric_filter": metric_filter,
    "aws_synthetics_canary": canary,
}
