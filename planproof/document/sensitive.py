"""Which attributes the AWS provider marks as secret, so that no report prints them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from planproof.document.values import Sensitive, Unknown


@cache
def secrets() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For each resource type, the paths of its secret attributes (AWS provider 5.100.0)."""
    table = json.loads((Path(__file__).parent / "sensitive.json").read_text())
    return {kind: tuple(tuple(path.split(".")) for path in paths) for kind, paths in table.items()}


def hidden(kind: str, name: str, value: Any) -> Any:
    """The value of an attribute with its secret parts covered."""
    for path in secrets().get(kind, ()):
        if path[0] == name:
            value = _cover(value, path[1:])
    return value


def _cover(value: Any, steps: tuple[str, ...]) -> Any:
    if value is None or isinstance(value, Unknown | Sensitive):
        return value
    if not steps:
        return Sensitive(value)
    if isinstance(value, list):
        return [_cover(one, steps) for one in value]
    if isinstance(value, Mapping) and steps[0] in value:
        return {**value, steps[0]: _cover(value[steps[0]], steps[1:])}
    return value
