"""What ECS services run: their containers, ports, scaling targets and policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from planproof.document import Document, Resource, Unknown, UnknownValueError

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
    mappings = container.get("portMappings") or ()
    return frozenset(int(one["containerPort"]) for one in mappings if one.get("containerPort") is not None)


def scaled(target: Resource, document: Document) -> Resource | None:
    """The service that a scaling target scales."""
    found = [one for one in document.targets(target, "resource_id") if one.type == SERVICE]
    if found:
        return found[0]
    name = target.get("resource_id")
    if not isinstance(name, str):
        return None
    last = name.rpartition("/")[2]
    return next((one for one in document.of(SERVICE) if one.get("name") == last), None)


def targets_of(service: Resource, document: Document) -> tuple[Resource, ...]:
    """The scaling targets of a service."""
    return tuple(one for one in document.of(TARGET) if scaled(one, document) is service)


def policies_of(target: Resource, document: Document) -> tuple[Resource, ...]:
    """The policies of a scaling target."""
    named = target.get("resource_id")

    def belongs(policy: Resource) -> bool:
        if any(one is target for one in document.targets(policy, "resource_id")):
            return True
        called = policy.get("resource_id")
        return isinstance(called, str) and isinstance(named, str) and called == named

    return tuple(one for one in document.of(POLICY) if belongs(one))


def is_ecs(target: Resource, document: Document | None = None) -> bool:
    """Whether a scaling target or policy is about an ECS service."""
    del document
    return bool(target.get("service_namespace") == "ecs")
