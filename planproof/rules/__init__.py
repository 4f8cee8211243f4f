"""The rules: one file each, named after the bad pattern, found by being here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from planproof.rule import AnyRule


@cache
def rules() -> tuple[AnyRule, ...]:
    """Every rule, by id. A package here holds no rule itself; its files do."""
    found: list[AnyRule] = []
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        if module.ispkg:
            found.extend(
                import_module(f"{__name__}.{module.name}.{inner.name}").RULE for inner in iter_modules(loaded.__path__)
            )
        else:
            found.append(loaded.RULE)
    return tuple(sorted(found, key=lambda rule: rule.id))
