"""The rules: one file each, named after the bad pattern, found by being here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from planproof.rule import AnyRule


@cache
def rules() -> tuple[AnyRule, ...]:
    """Every rule, by id. A package here holds no rule itself; its files do."""
    folder = Path(__path__[0])
    topics = [one.name for one in folder.iterdir() if (one / "__init__.py").is_file()]
    modules = [*_files(folder), *(f"{topic}.{name}" for topic in topics for name in _files(folder / topic))]
    found = (import_module(f"{__name__}.{name}").RULE for name in sorted(modules))
    return tuple(sorted(found, key=lambda rule: rule.id))


def _files(folder: Path) -> Iterator[str]:
    return (file.stem for file in folder.iterdir() if file.suffix == ".py" and file.name != "__init__.py")
