"""Every attribute in which the same resource differs between two environments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from planproof.contract.place import NUMBERS, Place, place
from planproof.document import Document, Resource, Unknown

PLAIN: Final = frozenset({str, bool, int, float})
NAMES: Final = ("name", "Sid", "rule_name", "id")
"""By which the items of a list are told apart, in this order."""


class Difference(Struct, frozen=True):
    """One attribute: `words` is its path with names of items, `plain` the values without their environments' marks."""

    resource: Resource
    path: str
    words: str
    before: Any
    after: Any
    plain: tuple[Any, Any]


class _Pair(Struct, frozen=True):
    """Two trees that should be equal, and where they stand."""

    resource: Resource
    places: tuple[Place, Place]

    def compare(self, before: Any, after: Any, path: str, words: str) -> Iterator[Difference]:
        if _equal(before, after):
            return
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for key in sorted({*before, *after} - NUMBERS):
                yield from self.compare(before.get(key), after.get(key), f"{path}.{key}", f"{words}.{key}")
            return
        plain = (self.places[0].plain(before), self.places[1].plain(after))
        if plain[0] == plain[1]:
            return
        if isinstance(before, list) and isinstance(after, list):
            yield from self._lists(before, after, path, words, plain)
        else:
            yield Difference(self.resource, path, words, before, after, plain)

    def _lists(self, before: list[Any], after: list[Any], path: str, words: str, plain: Any) -> Iterator[Difference]:
        name = next((one for one in NAMES if _told_apart(before, one) and _told_apart(after, one)), None)
        if name is not None:
            old = {one[name]: one for one in before}
            for position, item in enumerate(after):
                inside = f"{path}.{position}"
                yield from self.compare(old.pop(item[name], None), item, inside, f"{words}.{item[name]}")
            for key, item in old.items():
                yield from self.compare(item, None, path, f"{words}.{key}")
        elif len(before) == len(after) and any(isinstance(one, Mapping) for one in before):
            if not (_within(*plain) and _within(plain[1], plain[0])):
                for position, (one, other) in enumerate(zip(before, after, strict=True)):
                    yield from self.compare(one, other, f"{path}.{position}", f"{words}.{position}")
        elif not (_within(*plain) and _within(plain[1], plain[0])):
            yield Difference(self.resource, path, words, before, after, plain)


def _equal(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)


def _told_apart(items: list[Any], name: str) -> bool:
    found = [item.get(name) if isinstance(item, Mapping) else None for item in items]
    return all(isinstance(one, str) for one in found) and len(set(found)) == len(found)


def _within(small: list[Any], large: list[Any]) -> bool:
    """Whether every item of one list stands in the other, as often."""
    rest = list(large)
    for one in small:
        if one not in rest:
            return False
        rest.remove(one)
    return True


def within(small: Any, large: Any) -> bool:
    """Whether a list has every item of another; what is absent is the empty list."""
    return _within(_listed(small), _listed(large))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@lru_cache(maxsize=8)
def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Where the resources that both have are not the same."""
    places = (place(before), place(after))
    return tuple(
        found
        for resource in after.resources
        if resource.mode == "managed" and (twin := before.resource(resource.address)) is not None
        for found in _of(twin, resource, places)
    )


def _of(twin: Resource, resource: Resource, places: tuple[Place, Place]) -> Iterator[Difference]:
    pair = _Pair(resource, places)
    for name in sorted({*twin.values, *resource.values}):
        old, new = twin.values.get(name), resource.values.get(name)
        if type(old) is type(new) and type(old) in PLAIN and old == new:
            continue
        yield from pair.compare(_tree(twin, name), _tree(resource, name), name, name)


def _tree(resource: Resource, name: str) -> Any:
    """An attribute's tree; what is inside JSON text when it is such a text."""
    value = resource.get(name)
    text = value.template if isinstance(value, Unknown) else value
    if isinstance(text, str) and text.lstrip()[:1] in {"{", "["}:
        inside = resource.json(name)
        return value if inside is None else inside
    return value
