"""Walking an attribute tree by a dotted path.

A block that exists once is a list in plans and often an object in
configuration; a path may name or leave out its index in both:
`metadata_options.http_tokens` and `metadata_options.0.http_tokens` are the
same place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from planproof.document.values import ABSENT, Sensitive, Unknown


@lru_cache(maxsize=4096)
def split(path: str) -> tuple[str, ...]:
    """The steps of a path; `a[0].b` and `a.0.b` are the same."""
    if not path:
        return ()
    return tuple(path.replace("[", ".").replace("]", "").replace('"', "").split("."))


def walk(value: Any, steps: tuple[str, ...], path: str = "") -> Any:
    """The value below `value`; ABSENT when there is none, Unknown when that cannot be told."""
    for position, step in enumerate(steps):
        if type(value) is dict:  # by far the most
            value = value.get(step, value if step == "0" else ABSENT)
        elif isinstance(value, Unknown):
            return value
        else:
            if isinstance(value, Sensitive):
                value = value.value
            value = _step(value, step, steps[:position], path)
        if value is ABSENT or value is None:
            return ABSENT
    return value


def _step(value: Any, step: str, before: tuple[str, ...], path: str) -> Any:
    if isinstance(value, dict):
        return value.get(step, value if step == "0" else ABSENT)
    if not isinstance(value, list | tuple) or not value:
        return ABSENT
    if step.isdecimal():
        index = int(step)
        return value[index] if index < len(value) else ABSENT
    if len(value) == 1:
        return value[0] if isinstance(value[0], Unknown) else _step(value[0], step, before, path)
    return Unknown(f"{'.'.join(before) or path} has {len(value)} blocks, and the rule expects one")
