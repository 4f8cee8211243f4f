"""The meters: for each resource type, what it is billed for. A module here is found by being there."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planproof.cost.items import Meter


@cache
def meters() -> Mapping[str, Meter]:
    """Every meter by resource type."""
    found: dict[str, Meter] = {}
    for module in iter_modules(__path__):
        for resource_type, meter in import_module(f"{__name__}.{module.name}").METERS.items():
            if found.setdefault(resource_type, meter) is not meter:
                raise ValueError(f"two meters for {resource_type}")
    return found
