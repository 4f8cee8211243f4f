"""The account before a plan, as a document that can be compared with the one after it.

It is built from the plan itself, so that both have the same origins, and what does not change reads the same in both:
each resource has its `before`, and the configuration speaks only for the attributes that do not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planproof.document import Document
from planproof.document.links import plain as bare
from planproof.document.origins import Origins
from planproof.document.plan import read


def earlier(raw: Mapping[str, Any], *, name: str, source: str, places: Origins) -> Document:
    """The document of what is there now. Its `kind` is "plan": it holds no unknown values."""
    changed: dict[str, set[str]] = {}
    for one in raw.get("resource_changes", ()):
        if one.get("mode") != "data" and (one.get("change") or {}).get("actions") not in (["no-op"], ["read"]):
            changed.setdefault(bare(str(one.get("address"))), set()).update(_other(one.get("change") or {}))
    state = (raw.get("prior_state") or {}).get("values") or {}
    configuration = raw.get("configuration") or {}
    before = {
        "format_version": raw.get("format_version"),
        "configuration": {**configuration, "root_module": _module(configuration.get("root_module") or {}, "", changed)},
        "resource_changes": [_as_it_is(one) for one in raw.get("resource_changes", ()) if _exists(one)],
        "planned_values": {"outputs": state.get("outputs") or {}},
        "prior_state": raw.get("prior_state") or {},
        "variables": raw.get("variables") or {},
    }
    return read(before, name=name, source=source, origins=places)


def _exists(one: Mapping[str, Any]) -> bool:
    return (one.get("change") or {}).get("before") is not None and one.get("deposed") is None


def _as_it_is(one: Mapping[str, Any]) -> dict[str, Any]:
    change = one["change"]
    return {
        **one,
        "change": {
            "actions": ["no-op"],
            "before": change["before"],
            "after": change["before"],
            "after_unknown": {},
            "before_sensitive": change.get("before_sensitive"),
            "after_sensitive": change.get("before_sensitive"),
        },
    }


def _other(change: Mapping[str, Any]) -> set[str]:
    """The attributes that are not the same before and after."""
    before, after = change.get("before") or {}, change.get("after") or {}
    unknown = change.get("after_unknown") or {}
    return {name for name in {*before, *after, *unknown} if unknown.get(name) or before.get(name) != after.get(name)}


def _module(module: Mapping[str, Any], path: str, changed: Mapping[str, set[str]]) -> dict[str, Any]:
    """A module without the expressions of what changes: they speak of the time after."""
    calls = {}
    for name, call in (module.get("module_calls") or {}).items():
        inner = f"{path}module.{name}."
        calls[name] = {**call, "module": _module(call.get("module") or {}, inner, changed)}
    resources = [
        _silent(one, changed.get(f"{path}{one.get('address')}", set())) for one in module.get("resources") or ()
    ]
    return {**module, "resources": resources, "module_calls": calls}


def _silent(one: Mapping[str, Any], changed: set[str]) -> Mapping[str, Any]:
    """A resource of the configuration without what it says of these attributes."""
    written = one.get("expressions") or {}
    if changed.isdisjoint(written):
        return one
    return {**one, "expressions": {name: text for name, text in written.items() if name not in changed}}
