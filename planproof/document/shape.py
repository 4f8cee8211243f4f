"""The outer shape of Terraform's JSON, checked before anything reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from planproof.errors import UserError

WORDS: Final = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", type(None): "null"}
HINT: Final = "write it again with cdktf synth or terraform show -json, and judge that"


class Shape:
    """Reads sections of one source, and names the place where a section is not what it must be."""

    def __init__(self, source: str) -> None:
        self.source = source

    def wrong(self, where: str, expected: str, found: Any) -> UserError:
        """The message for a section of the wrong kind."""
        word = WORDS.get(type(found), "a number")
        return UserError(f"{self.source} cannot be read", f"{where}: expected {expected}, found {word}", hint=HINT)

    def object(self, parent: Mapping[str, Any], key: str, where: str = "") -> Mapping[str, Any]:
        """The object under a key; empty when the key is not there."""
        place = f"{where}.{key}" if where else key
        if key not in parent:
            return {}
        return self.an_object(parent[key], place)

    def an_object(self, found: Any, where: str) -> Mapping[str, Any]:
        """The value as an object."""
        if not isinstance(found, Mapping):
            raise self.wrong(where, "an object", found)
        return found

    def list(self, parent: Mapping[str, Any], key: str, where: str = "") -> list[Any]:
        """The list under a key; empty when the key is not there."""
        found = parent.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(f"{where}.{key}" if where else key, "a list", found)
        return found

    def text(self, parent: Mapping[str, Any], key: str, where: str) -> str:
        """The text under a key, which must be there."""
        found = parent.get(key)
        if not isinstance(found, str):
            raise self.wrong(f"{where}.{key}" if where else key, "a text", found)
        return found

    def bodies(self, found: Any, where: str) -> Iterator[Mapping[str, Any]]:
        """The objects of a block body, which Terraform lets be one object or a list of them."""
        for position, body in enumerate(found if isinstance(found, list) else [found]):
            yield self.an_object(body, f"{where}[{position}]" if isinstance(found, list) else where)
