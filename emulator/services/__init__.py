"""The handlers, one file a service, found by being there.

A file holds functions decorated with `emulates("service", "Action", ...)`. The first
line of its docstring says what moto lacks; a line `Pages:` names the AWS API reference
that the answers follow.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from emulator.handler import Handler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType


def modules() -> tuple[ModuleType, ...]:
    """Import every file of this folder."""
    return tuple(import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))


def handlers_of(module: ModuleType) -> Iterator[Handler]:
    """Give the handlers that a file defines."""
    for value in vars(module).values():
        if isinstance(value, Handler):
            yield value


def by_action(handlers: Iterable[Handler]) -> Mapping[tuple[str, str], Handler]:
    """Order handlers by service and action; an action with two handlers is a `ValueError`."""
    found: dict[tuple[str, str], Handler] = {}
    for handler in handlers:
        for operation in handler.operations:
            if (handler.service, operation) in found:
                raise ValueError(f"{handler.service} {operation} has two handlers")
            found[handler.service, operation] = handler
    return found


def load() -> Mapping[tuple[str, str], Handler]:
    """Give every handler of this folder by service and action."""
    return by_action(handler for module in modules() for handler in handlers_of(module))
