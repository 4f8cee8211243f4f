"""The stored plans: what real Terraform printed for each change, given back whole.

`plans/base.ENVIRONMENT.json.xz` is the plan of no change. A change is stored as what is
different from it, in a form that is read like the change itself:

    "aws_db_instance.database_instance_D7FC2283": {
      "change": {"actions =": ["update"], "after": {"multi_az =": false}}
    }

A key with ` =` gives the new value, ` -` lists the keys that are gone, a plain key leads further in.
Lists of things that have an address, and long lists of addresses, are read by address; ` @` says behind which one each
new one stands. `null` there is the front. `python -m tests.review.generate`
makes the files and proves that reading gives back exactly what Terraform printed.
"""

from __future__ import annotations

import copy
import json
import lzma
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "plans"
SET, GONE, ORDER = " =", " -", " @"

Plan = dict[str, Any]


def names() -> tuple[str, ...]:
    """Every stored plan but the bases."""
    return tuple(sorted(file.name.removesuffix(".json") for file in FOLDER.glob("*.json")))


def plan(name: str) -> Plan:
    """The whole plan, as `terraform show -json` printed it; it may be changed by whoever asked for it."""
    return copy.deepcopy(dict(read(name)))


def read(name: str) -> Mapping[str, Any]:
    """The whole plan, to be read only: it shares what did not change with others."""
    stored = _stored(name)
    found = applied(_base(stored["base"]), stored["plan"])
    assert isinstance(found, dict)
    return found


def story(name: str) -> str:
    """One sentence: what somebody did."""
    return str(_stored(name)["story"])


def base(environment: str) -> Plan:
    """The plan of no change of one environment, or of its first day: `dev`, `dev-first-day`."""
    return copy.deepcopy(_base(environment))


def forget() -> None:
    """Read the bases anew: the generator has written them."""
    _base.cache_clear()


@cache
def _base(name: str) -> Plan:
    found: Plan = json.loads(lzma.decompress((FOLDER / f"base.{name}.json.xz").read_bytes()))
    return found


def _stored(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def applied(before: Any, delta: Mapping[str, Any]) -> Any:
    """`before` with a delta laid over it."""
    if isinstance(before, list):
        return _listed(before, delta)
    after = dict(before)
    for key, value in delta.items():
        if key.endswith(SET):
            after[key.removesuffix(SET)] = value
        elif key == GONE:
            after = {name: kept for name, kept in after.items() if name not in value}
        else:
            after[key] = applied(before[key], value)
    return after


def _listed(before: list[Any], delta: Mapping[str, Any]) -> list[Any]:
    named = applied(by_name(before), {key: value for key, value in delta.items() if key != ORDER})
    behind: Mapping[str, str | None] = delta.get(ORDER, {})
    order = [key for key in named if key not in behind]
    for key, neighbour in behind.items():
        order.insert(0 if neighbour is None else order.index(neighbour) + 1, key)
    return [named[key] for key in order]


def by_name(items: list[Any]) -> dict[str, Any]:
    """Items of a list by what tells them apart; nothing when some cannot be told apart."""
    named = {_name(item): item for item in items}
    return named if len(named) == len(items) and "" not in named else {}


def _name(item: Any) -> str:
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return ""
    if "address" in item:
        return " ".join(str(item[key]) for key in ("address", "deposed") if key in item)
    if item.keys() == {"resource", "attribute"}:
        return f"{item['resource']} {json.dumps(item['attribute'])}"
    return ""
