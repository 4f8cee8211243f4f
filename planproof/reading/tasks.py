"""What ECS services run: their containers, ports, scaling targets and policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from planproof.demands import as_number
from planproof.document import Document, Resource, Unknown, UnknownValueError, mappings

SERVICE: Final = "aws_ecs_service"
TARGET: Final = "aws_appautoscaling_target"
POLICY: Final = "aws_appautoscaling_policy"


def containers(task: Resource) -> tuple[Mapping[str, Any], ...]:
    """The containers of a task definition. Raises `UnknownValueError` when they are unknown."""
    found = task.json("container_definitions")
    if isinstance(found, Unknown):
        raise UnknownValueError(found)
    return tuple(one for one in found or () if isinstance(one, Mapping))


def containers_of(service: Resource, document: Document) -> tuple[Mapping[str, Any], ...] | None:
    """What a service runs; None when its task definition is not in the document."""
    task = document.target(service, "task_definition")
    return None if task is None or task.type != "aws_ecs_task_definition" else containers(task)


def ports(container: Mapping[str, Any]) -> frozenset[int]:
    """The ports a container listens on."""
    numbers = (as_number(one.get("containerPort")) for _, one in mappings(container.get("portMappings")))
    return frozenset(int(one) for one in numbers if one is not None and one % 1 == 0)


def scaled(target: Resource, document: Document) -> Resource | None:
    """The service that a scaling target scales."""
    found = [one for one in document.targets(target, "resource_id") if one.type == SERVICE]
    if found:
        return found[0]
    name = target.get("resource_id")
    return document.once(_services).get(name.rpartition("/")[2]) if isinstance(name, str) else None


def _services(document: Document) -> dict[str, Resource]:
    named = ((one.get("name"), one) for one in document.of(SERVICE))
    return {name: one for name, one in named if isinstance(name, str)}


def targets_of(service: Resource, document: Document) -> tuple[Resource, ...]:
    """The scaling targets of a service."""
    return document.once(_targets).get(service.address, ())


def _targets(document: Document) -> dict[str, tuple[Resource, ...]]:
    found: dict[str, tuple[Resource, ...]] = {}
    for target in document.of(TARGET):
        service = scaled(target, document)
        if service is not None:
            found[service.address] = (*found.get(service.address, ()), target)
    return found


def policies_of(target: Resource, document: Document) -> tuple[Resource, ...]:
    """The policies of a scaling target, by reference or by the name of what they scale."""
    named = target.get("resource_id")
    index = document.once(_policies)
    found = {one.address: one for one in index.get(target.address, ())}
    if isinstance(named, str):
        found |= {one.address: one for one in index.get(named, ())}
    return tuple(found.values())


def _policies(document: Document) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for policy in document.of(POLICY):
        called = policy.get("resource_id")
        keys = {one.address for one in document.targets(policy, "resource_id")}
        for key in {*keys, called} if isinstance(called, str) else keys:
            found.setdefault(key, []).append(policy)
    return found


def is_ecs(target: Resource, document: Document | None = None) -> bool:
    """Whether a scaling target or policy is about an ECS service."""
    del document
    return bool(target.get("service_namespace") == "ecs")
