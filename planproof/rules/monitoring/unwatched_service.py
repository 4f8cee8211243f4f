"""No alarm watches the load or the running tasks of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import Vital, unwatched, unwatching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


VITALS: Final = (
    Vital("CPUUtilization", "AWS/ECS"),
    Vital("MemoryUtilization", "AWS/ECS"),
    Vital("RunningTaskCount", "ECS/ContainerInsights"),
)


def check(service: Resource, document: Document) -> Iterator[Outcome]:
    """Processor, memory, and whether enough tasks run."""
    yield from unwatched(service, document, VITALS, "name")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_service",),
    why="A service that crashes and starts again all night loses payments that nobody counts.",
    fix="Hand the service to modules.monitoring.Monitoring, which makes an alarm of each of its vitals.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=unwatching(VITALS, {"ClusterName": "main", "ServiceName": "another"}),
)
