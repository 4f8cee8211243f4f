"""Whom a known value belongs to: the resource whose arn, id, name or url it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from planproof.document.paths import walk
from planproof.document.values import ABSENT, Reference

if TYPE_CHECKING:
    from planproof.document.resource import Resource

IDENTITIES: Final = ("arn", "id", "url", "dns_name", "endpoint", "name", "bucket", "domain_name", "key_id", "secret_id")
OWN: Final = frozenset({"arn", "id", "tags", "tags_all", "name", "url"})
QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
ENDS: Final = re.compile(r"(_ids?|_arns?|_names?|_urls?|_identifiers?)$")
KEYS: Final = re.compile(r"\[[^\]]*\]")
SHORTEST: Final = 4
STREAMS: Final = ":*"
"""What follows the arn of a log group where its streams are meant."""

WEAK: Final = frozenset({"name", "bucket"})


class KnownValues:
    """An index of identities, built when it is first asked."""

    def __init__(self) -> None:
        self._resources: tuple[Resource, ...] = ()
        self._index: dict[str, list[tuple[Resource, str]]] | None = None

    def know(self, resources: Iterable[Resource]) -> None:
        """The resources of the document; told once."""
        self._resources = tuple(resources)

    def _built(self) -> dict[str, list[tuple[Resource, str]]]:
        if self._index is None:
            self._index = {}
            for one in self._resources:
                after = getattr(one.attributes, "after", {})
                for name in IDENTITIES:
                    value = after.get(name)
                    if isinstance(value, str) and len(value) >= SHORTEST:
                        self._index.setdefault(value, []).append((one, name))
        return self._index

    def references(
        self, after: Mapping[str, Any], steps: tuple[str, ...], asker: str, near: tuple[str, ...] = ()
    ) -> tuple[Reference, ...]:
        """What the values at or below a path belong to; `near` are the addresses the asker depends on."""
        tree = walk(after, steps) if steps else {key: value for key, value in after.items() if key not in OWN}
        found: dict[Reference, None] = {}
        for name, text in _leaves(tree, steps[-1] if steps else ""):
            reference = self._owner(text, name, asker, near)
            if reference:
                found[reference] = None
        return tuple(found)

    def _owner(self, text: str, name: str, asker: str, near: tuple[str, ...]) -> Reference | None:
        index = self._built()
        owners = index.get(text) or index.get(text.removesuffix(STREAMS), [])
        if not any(one.address != asker for one, _ in owners):
            return None
        if near:
            owners = [pair for pair in owners if _plain(pair[0].address) in near] or owners
        if len({one.address for one, _ in owners}) > 1:
            owners = _narrowed(owners, name)
        chosen = {one.address: (one, attribute) for one, attribute in reversed(owners)}
        if len(chosen) != 1 or asker in chosen:
            return None
        one, attribute = next(iter(chosen.values()))
        if attribute in WEAK and not near and not _called(one, name):
            return None
        return Reference(one.address, attribute)


def _plain(address: str) -> str:
    return KEYS.sub("", address)


def _called(one: Resource, name: str) -> bool:
    """Whether an attribute is named after a type: `cluster` after `aws_ecs_cluster`."""
    stem = ENDS.sub("", name)
    return bool(stem) and (one.type.endswith(stem) or stem.endswith(one.type.rpartition("_")[2]))


def _narrowed(owners: list[tuple[Resource, str]], name: str) -> list[tuple[Resource, str]]:
    """Of several owners: the one the attribute is named after, then the one the others are parts of."""
    named = [pair for pair in owners if _called(pair[0], name)]
    owners = named or owners
    kinds = {one.type for one, _ in owners}
    return [
        pair
        for pair in owners
        if not any(pair[0].type != other and pair[0].type.startswith(f"{other}_") for other in kinds)
    ]


def _leaves(tree: Any, name: str) -> Iterator[tuple[str, str]]:
    """The texts of a tree with the names of their attributes; the quoted texts inside JSON."""
    waiting = [(name, tree)]
    while waiting:
        name, one = waiting.pop()
        if isinstance(one, str):
            if one[:1] in {"{", "["}:
                yield from ((name, match.group(1)) for match in QUOTED.finditer(one))
            else:
                yield name, one
        elif isinstance(one, dict):
            waiting.extend((key, one[key]) for key in reversed(one) if key not in {"tags", "tags_all"})
        elif isinstance(one, list | tuple):
            waiting.extend((name, inside) for inside in reversed(one))
        elif one is ABSENT:
            continue
