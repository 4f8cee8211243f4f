"""The metrics by which one sees that something is unwell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from environments.operations import MonitoringSettings


@dataclass(frozen=True)
class Vital:
    """One metric, the value from which it is bad, and what that means for the business."""

    id: str
    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    threshold: float
    why: str
    comparison: Literal["GreaterThanOrEqualToThreshold", "LessThanThreshold"] = "GreaterThanOrEqualToThreshold"
    statistic: Literal["Average", "Maximum", "Minimum", "Sum", "p99"] = "Average"
    period_seconds: int = 60
    periods: int = 3
    missing: Literal["notBreaching", "breaching", "missing", "ignore"] = "notBreaching"
    hurts_customers: bool = False


class Watched(Protocol):
    """Something that knows its own vital signs."""

    @property
    def name(self) -> str:
        """How alarms call it."""
        ...

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """What to watch, with this environment's thresholds."""
        ...
