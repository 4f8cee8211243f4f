"""The ways a configuration is broken: each operator finds in the JSON itself every place where it applies.

An operator knows nothing about what is bad; `harmful` and `harmless` class
what it makes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Fault, Mutation, Removal

EVERYWHERE: Final = "0.0.0.0/0"
CIDR: Final = re.compile(r"^\d+(\.\d+){3}/\d+$")
ONE_REFERENCE: Final = re.compile(r"^\$\{(aws_\w+)\.([\w-]+)\.(\w+)\}$")
PORTS: Final = {"from_port": 0, "to_port": 65535}
NOT_OURS: Final = frozenset({"//", "depends_on", "lifecycle", "provider"})


class Made(NamedTuple):
    """One fault an operator makes: at which path, and what planproof's mutation machinery does there."""

    path: str
    fault: Fault


Operator = Callable[[Resource, Mapping[str, Any], Document], Iterator[Made]]


def places(body: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every attribute of a resource with its path, those inside JSON text too."""
    for key, value in body.items():
        if key in NOT_OURS or "." in key:
            continue
        path = f"{prefix}{key}"
        yield path, value
        yield from _inside(path, value)


def _inside(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            value = json.loads(value)
        except ValueError:
            return
    if isinstance(value, Mapping):
        yield from places(value, f"{path}.")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield f"{path}.{position}", item
            yield from _inside(f"{path}.{position}", item)


def removed(victim: Resource, body: Mapping[str, Any], document: Document) -> Iterator[Made]:
    """Each attribute is left out, but for switches that are off: left out they are off as well."""
    del victim, document
    for path, value in places(body):
        if value in (False, "false"):
            continue
        yield Made(path, Mutation(path, ABSENT))


def flipped(victim: Resource, body: Mapping[str, Any], document: Document) -> Iterator[Made]:
    """Each switch is set the other way round."""
    del victim, document
    for path, value in places(body):
        if isinstance(value, bool) or value in ("true", "false"):
            yield Made(path, Mutation(path, value in (False, "false")))


def retargeted(victim: Resource, body: Mapping[str, Any], document: Document) -> Iterator[Made]:
    """Each reference points to another resource of the same type, to one of another kind if there is one."""
    for path, value in places(body):
        match = ONE_REFERENCE.match(value) if isinstance(value, str) else None
        if match is None:
            continue
        type_, name, attribute = match.groups()
        others = [one for one in document.of(type_) if one.name != name and one.address != victim.address]
        elsewhere = [one for one in others if _kind(one.name) != _kind(name)]
        for other in (elsewhere or others)[:1]:
            yield Made(path, Mutation(path, f"${{{other.address}.{attribute}}}"))


def _kind(name: str) -> str:
    """What subnets of one tier, or parts of one module, have in common in their names."""
    return name.rpartition("_")[0].rpartition("-")[0]


def widened(victim: Resource, body: Mapping[str, Any], document: Document) -> Iterator[Made]:
    """Each address range, port range and policy statement lets in or allows more."""
    del victim, document
    for path, value in places(body):
        last = path.rpartition(".")[2]
        if isinstance(value, str) and CIDR.match(value) and value != EVERYWHERE:
            yield Made(path, Mutation(path, EVERYWHERE))
        elif last in PORTS and isinstance(value, int) and value not in (-1, PORTS[last]):
            yield Made(path, Mutation(path, PORTS[last]))
        elif isinstance(value, Mapping) and value.get("Effect") == "Allow":
            for part in ("Action", "Resource", "Principal"):
                if part in value and value[part] not in ("*", ["*"]):
                    yield Made(f"{path}.{part}", Mutation(f"{path}.{part}", "*"))
            if "Condition" in value:
                yield Made(f"{path}.Condition", Mutation(f"{path}.Condition", ABSENT))


def shrunk(victim: Resource, body: Mapping[str, Any], document: Document) -> Iterator[Made]:
    """Each number becomes the smallest that means something."""
    del victim, document
    for path, value in places(body):
        number = not isinstance(value, bool) and (
            isinstance(value, int) or (isinstance(value, str) and value.isdigit())
        )
        if number and int(value) > 1:
            yield Made(path, Mutation(path, 1))


def deleted(victim: Resource, body: Mapping[str, Any], document: Document) -> Iterator[Made]:
    """A resource is gone; one that others point to cannot be: Terraform itself refuses the dangling reference."""
    del body
    if not document.referrers(victim):
        yield Made("", Removal(victim.type, ""))


OPERATORS: Final[Mapping[str, Operator]] = {
    one.__name__: one for one in (removed, flipped, retargeted, widened, shrunk, deleted)
}
