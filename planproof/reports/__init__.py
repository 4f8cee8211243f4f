"""Reports: one file a format, found by being here; each has `render(report) -> str`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planproof.checking import Report

PARTS: Final = frozenset({"view"})
FORMATS: Final = tuple(sorted(module.name for module in iter_modules(__path__) if module.name not in PARTS))


def render(report: Report, form: str) -> str:
    """The report in one of FORMATS."""
    text: str = import_module(f"{__name__}.{form}").render(report)
    return text
