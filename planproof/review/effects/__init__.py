"""The effects that are looked for: one a file, found by being here; each has a function `find`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planproof.review.effect import Effect
    from planproof.review.plan import Plan


@cache
def finders() -> tuple[Callable[[Plan], Iterator[Effect]], ...]:
    """Every finder of this folder, by name."""
    return tuple(import_module(f"{__name__}.{module.name}").find for module in iter_modules(__path__))
