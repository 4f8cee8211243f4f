"""Breaks configurations on purpose, one fault at a time, to prove that rules see it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from planproof.document import ABSENT, Document, Resource, Unknown, parse
from planproof.document.paths import split
from planproof.rule import Addition, AnyRule, Fault, Mutation, Removal

ADDED: Final = "added_by_a_fault"


class Mutant(Struct, frozen=True):
    """A configuration with one fault: the resource that was hit, and where the finding must be."""

    victim: Resource
    document: Document
    address: str | None
    path: str


def mutants(raw: Mapping[str, Any], document: Document, rule: AnyRule, fault: Fault) -> Iterator[Mutant]:
    """Each configuration that a fault makes of this one; a fault that changes nothing makes none.

    `document` is the raw configuration, parsed.
    """
    if fault.environment not in {None, document.name}:
        return
    for victim in document.of(*victims(rule, fault)):
        if fault.on is not None and not fault.on(victim, document):
            continue
        broken = broken_by(raw, victim, fault)
        if broken is None:
            continue
        mutant = parse(broken, name=document.name, source=document.source)
        yield Mutant(victim, mutant, _blamed(rule, victim, fault), _expected(fault))


def victims(rule: AnyRule, fault: Fault) -> tuple[str, ...]:
    """The types a fault can hit."""
    if isinstance(fault, Addition):
        return (fault.beside,)
    return (fault.type,) if fault.type else rule.resources


def _expected(fault: Fault) -> str:
    if isinstance(fault, Mutation):
        return fault.path if fault.at is None else fault.at
    return fault.at


def _blamed(rule: AnyRule, victim: Resource, fault: Fault) -> str | None:
    """The address the finding must name, when the fault alone tells it."""
    if isinstance(fault, Mutation) and (fault.type is None or fault.type in rule.resources):
        return victim.address
    if isinstance(fault, Addition) and fault.type in rule.resources:
        return f"{fault.type}.{ADDED}"
    return None


def broken_by(raw: Mapping[str, Any], victim: Resource, fault: Fault) -> dict[str, Any] | None:
    """A copy with the fault, sharing all that is not touched; None when nothing changed."""
    if isinstance(fault, Addition):
        body = json.loads(json.dumps(fault.body).replace("{victim}", victim.address))
        return _changed(raw, ("resource", fault.type, ADDED), body, victim)
    place = _place(raw, victim)
    if isinstance(fault, Removal):
        return _changed(raw, place, ABSENT, victim)
    value = fault.value
    if isinstance(value, str):
        value = value.replace("{victim}", victim.address)
    return _changed(raw, (*place, *split(fault.path)), value, victim)


def _place(raw: Mapping[str, Any], victim: Resource) -> tuple[str, ...]:
    """Where a resource stands in the configuration."""
    if victim.type == "stack":
        return ()
    if victim.type == "backend":
        return ("terraform", "backend", victim.name)
    if victim.mode != "setting":
        return ("data" if victim.mode == "data" else "resource", victim.type, victim.name)
    bodies = raw.get(victim.type, {}).get(victim.name)
    if not isinstance(bodies, list):
        return (victim.type, victim.name)
    alias = victim.get("alias")
    position = next((n for n, body in enumerate(bodies) if body.get("alias") == alias), 0)
    return (victim.type, victim.name, str(position))


def _changed(tree: Mapping[str, Any], steps: tuple[str, ...], value: Any, victim: Resource) -> dict[str, Any] | None:
    """The tree with a value put in or, for ABSENT, taken out."""
    changed = _put(tree, steps, value, victim)
    return None if changed == tree or not isinstance(changed, dict) else changed


def _put(tree: Any, steps: tuple[str, ...], value: Any, victim: Resource) -> Any:
    if not steps:
        return value
    if isinstance(tree, str):
        inside = _inside(tree, victim)
        return tree if inside is ABSENT else json.dumps(_put(inside, steps, value, victim))
    if isinstance(tree, list):
        return _put_in_list(tree, steps, value, victim)
    if isinstance(tree, Mapping):
        return _put_in_object(tree, steps, value, victim)
    if value is ABSENT:
        return tree
    made = _put(ABSENT, steps[1:], value, victim)
    return [made] if steps[0] == "0" else {steps[0]: made}


def _put_in_object(tree: Mapping[str, Any], steps: tuple[str, ...], value: Any, victim: Resource) -> Any:
    step, rest = steps[0], steps[1:]
    if step == "0" and step not in tree:
        return _put(tree, rest, value, victim)
    inner = _put(tree.get(step, ABSENT), rest, value, victim)
    if inner is ABSENT:
        return {key: kept for key, kept in tree.items() if key != step}
    return {**tree, step: inner}


def _put_in_list(tree: list[Any], steps: tuple[str, ...], value: Any, victim: Resource) -> Any:
    step, rest = steps[0], steps[1:]
    if not step.isdecimal():
        return [_put(tree[0], steps, value, victim)] if len(tree) == 1 else tree
    position = int(step)
    old = tree[position] if position < len(tree) else ABSENT
    inner = _put(old, rest, value, victim)
    if inner is ABSENT:
        return tree[:position] + tree[position + 1 :]
    return [*tree[:position], inner, *tree[position + 1 :]]


def _inside(text: str, victim: Resource) -> Any:
    """The tree in a JSON text or in `jsonencode`; unknown leaves as they are written."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    for name in victim.attributes.names():
        if victim.attributes.written((name,)) == text:
            found = victim.json(name)
            return ABSENT if found is None or isinstance(found, Unknown) else _rewritten(found)
    return ABSENT


def _rewritten(tree: Any) -> Any:
    if isinstance(tree, Unknown):
        return tree.template
    if isinstance(tree, Mapping):
        return {key: _rewritten(inside) for key, inside in tree.items()}
    return [_rewritten(inside) for inside in tree] if isinstance(tree, list) else tree
