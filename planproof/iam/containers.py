"""The containers of an ECS task definition, with every text written so that it can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from planproof.document import Unknown
from planproof.iam.symbols import text_of, tree_of

if TYPE_CHECKING:
    from planproof.document import Document, Resource

DEFINITIONS = "container_definitions"


class Container(Struct, frozen=True):
    """What one container is given: texts may hold symbols such as `<aws_sqs_queue.orders.url>`."""

    name: str
    image: str
    log_driver: str
    log_options: Mapping[str, str]
    environment: tuple[tuple[str, str], ...]
    secrets: tuple[tuple[str, str], ...]
    credentials: str  # the secret of a private image registry, or empty


def containers(task: Resource, document: Document) -> tuple[Container, ...] | Unknown:
    """Read the container definitions; Unknown when they are not known at all."""
    written = task.attributes.written((DEFINITIONS,))
    parsed = tree_of(written) if isinstance(written, str) else None
    value = task.get(DEFINITIONS) if parsed is None else task.attributes.resolve(parsed, DEFINITIONS)
    if isinstance(value, str):
        value = tree_of(value)
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, list | tuple):
        return Unknown("container_definitions is no list of containers")
    return tuple(_container(raw, document) for raw in value if isinstance(raw, Mapping))


def _container(raw: Mapping[str, Any], document: Document) -> Container:
    def text(value: Any) -> str:
        return text_of(value, document) or ""

    logging = _mapping(raw.get("logConfiguration"))
    return Container(
        name=text(raw.get("name")),
        image=text(raw.get("image")),
        log_driver=text(logging.get("logDriver")),
        log_options={k: text(v) for k, v in _mapping(logging.get("options")).items()},
        environment=_pairs(raw.get("environment"), "value", document),
        secrets=_pairs(raw.get("secrets"), "valueFrom", document),
        credentials=text(_mapping(raw.get("repositoryCredentials")).get("credentialsParameter")),
    )


def _pairs(raw: Any, key: str, document: Document) -> tuple[tuple[str, str], ...]:
    entries = raw if isinstance(raw, list | tuple) else []
    return tuple(
        (text_of(entry.get("name"), document) or "", text_of(entry.get(key), document) or "")
        for entry in entries
        if isinstance(entry, Mapping)
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
