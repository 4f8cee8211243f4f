"""What is different between two plans, as tests/review/plans.py reads it."""

from __future__ import annotations

import json
from typing import Any

from tests.review.plans import GONE, ORDER, SET, by_name


def delta(before: Any, after: Any) -> dict[str, Any]:
    """The smallest delta that makes `after` of `before`: both objects, or both lists of things with names."""
    if isinstance(before, list):
        return _of_lists(by_name(before), by_name(after))
    gone = [key for key in before if key not in after]
    return {**({GONE: gone} if gone else {}), **_of_values(before, after)}


def _of_values(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in after.items():
        if key in before and _same(before[key], value):
            continue
        inner = delta(before[key], value) if key in before and _comparable(before[key], value) else None
        if inner is None or (isinstance(value, list) and len(json.dumps(inner)) > len(json.dumps(value))):
            found[f"{key}{SET}"] = value
        else:
            found[key] = inner
    return found


def _of_lists(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    found = delta(before, after)
    behind: dict[str, str | None] = {}
    kept = iter([key for key in before if key in after])
    expected = next(kept, None)
    neighbour = None
    for key in after:
        if key == expected:
            expected = next(kept, None)
        else:
            behind[key] = neighbour
        neighbour = key
    return {**found, ORDER: behind} if behind else found


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _comparable(before: Any, after: Any) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        return bool(before) and not any(key.endswith(SET) or key in {GONE, ORDER} for key in (*before, *after))
    if isinstance(before, list) and isinstance(after, list):
        return bool(by_name(before)) and bool(by_name(after))
    return False
