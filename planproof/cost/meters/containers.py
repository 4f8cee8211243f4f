"""Fargate tasks and what surrounds them.

Source: https://aws.amazon.com/fargate/pricing/ (vCPU and memory by the second, 20 GiB of disk included).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from planproof.cost.items import Item, Meters, Usage, number
from planproof.demands import as_number
from planproof.document import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

UNITS_PER_VCPU: Final = Decimal(1024)
FREE_DISK_GIB: Final = Decimal(20)
FAMILIES: Final = {"ARM64": "linux-arm", "X86_64": "linux-x86"}


def service(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """The tasks of a service, at the number it starts with."""
    task = document.target(resource, "task_definition")
    tasks = number(resource, "desired_count", 0 if resource.get("scheduling_strategy") == "DAEMON" else 1)
    if _provider(resource) == "FARGATE_SPOT":
        family = "linux-spot"
    elif _provider(resource) == "FARGATE":
        architecture = task.get("runtime_platform.cpu_architecture", "X86_64") if task else "X86_64"
        family = FAMILIES.get(architecture, "linux") if isinstance(architecture, str) else "linux-x86"
    else:
        yield Usage("tasks on instances", "the instances are billed")
        return
    most, note = _scaling(resource, document)
    for path, sku, what in (
        ("cpu", "vcpu-hour", "Fargate vCPU"),
        ("memory", "gb-hour", "Fargate memory"),
    ):
        size = number(task, path) if task else None
        each = None if size is None else size / UNITS_PER_VCPU
        yield Item(
            what,
            "ecs-fargate",
            f"{family}.{sku}",
            None if each is None or tasks is None else each * tasks,
            hourly=True,
            most=None if each is None or most is None else each * most,
            note=note if each is not None else "the size of the task is not known",
        )
    disk = number(task, "ephemeral_storage.size_in_gib", 20) if task else None
    if disk is not None and tasks is not None and disk > FREE_DISK_GIB:
        extra = disk - FREE_DISK_GIB
        yield Item("Fargate disk over 20 GiB", "ecs-fargate", "ephemeral.gb-hour", extra * tasks, hourly=True)
    if resource.get("network_configuration.assign_public_ip") is True:
        yield Item("public IPv4 of the tasks", "public-ipv4", "in-use.hour", tasks, hourly=True, most=most)


def _provider(resource: Resource) -> str:
    strategies = resource.get("capacity_provider_strategy", [])
    if isinstance(strategies, list | tuple) and strategies:
        weights: list[tuple[Any, str]] = [
            (s.get("weight", 0), s.get("capacity_provider", "")) for s in strategies if isinstance(s, dict)
        ]
        known = [(w, p) for w, p in weights if not isinstance(w, Unknown) and isinstance(p, str)]
        return max(known, default=(0, ""), key=lambda pair: as_number(pair[0]) or 0)[1]
    launch = resource.get("launch_type", "EC2")
    return launch if isinstance(launch, str) else ""


def _scaling(resource: Resource, document: Document) -> tuple[Decimal | None, str]:
    for target in document.of("aws_appautoscaling_target"):
        if resource in document.targets(target, "resource_id") or _same_name(target, resource):
            low, high = number(target, "min_capacity"), number(target, "max_capacity")
            return high, f"scales from {low} to {high} tasks" if high is not None else ""
    return None, ""


def _same_name(target: Resource, service: Resource) -> bool:
    name, identifier = service.get("name"), target.get("resource_id")
    return isinstance(name, str) and isinstance(identifier, str) and identifier.endswith(f"/{name}")


def cluster(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """Container Insights writes metrics and logs by the number of tasks."""
    del document
    settings = resource.get("setting", [])
    if isinstance(settings, list | tuple) and any(
        isinstance(s, dict) and s.get("name") == "containerInsights" and s.get("value") != "disabled" for s in settings
    ):
        yield Usage("Container Insights", "metrics and log volume by task")


def repository(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """Images by their size."""
    del resource, document
    yield Usage("image storage", "GB of images kept, by the month")


METERS: Final[Meters] = {
    "aws_ecs_service": service,
    "aws_ecs_cluster": cluster,
    "aws_ecr_repository": repository,
}
