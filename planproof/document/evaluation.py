"""What an expression is worth, as far as a configuration can tell.

Literals, lists, objects, templates, references and the pure functions below
are understood; whatever else stays unknown, with its references.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import Any, Final

from msgspec import Struct

from planproof.document.expression import (
    DEEPEST,
    Expression,
    OpaqueError,
    Token,
    as_reference,
    parts,
    tokens,
    traversal,
)
from planproof.document.values import ABSENT, Reference, Unknown

Follow = Callable[[Reference], Any]
CONSTANTS: Final = {"true": True, "false": False, "null": None}


def _jsonencode(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _merge(*maps: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for one in maps for key, value in one.items()}


def _join(separator: str, *lists: list[str]) -> str:
    return separator.join(item for one in lists for item in one)


def _concat(*lists: list[Any]) -> list[Any]:
    return [item for one in lists for item in one]


def _cidrsubnet(prefix: str, more: int, number: int) -> str:
    whole = ip_network(prefix, strict=False)
    if not 0 <= number < 2**more:
        raise ValueError(number)
    length = whole.prefixlen + more
    first = type(whole.network_address)(int(whole.network_address) + (number << (whole.max_prefixlen - length)))
    return f"{first}/{length}"


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "base64encode": lambda text: base64.b64encode(text.encode()).decode(),
    "cidrsubnet": _cidrsubnet,
    "concat": _concat,
    "element": lambda items, index: items[index % len(items)],
    "join": _join,
    "jsondecode": json.loads,
    "jsonencode": _jsonencode,
    "length": len,
    "lookup": lambda table, key, default: table.get(key, default),
    "lower": lambda text: text.lower(),
    "merge": _merge,
    "one": lambda items: items[0] if len(items) == 1 else None,
    "replace": lambda text, old, new: text.replace(old, new),
    "split": lambda separator, text: text.split(separator),
    "tolist": list,
    "tonumber": lambda text: text if isinstance(text, int | float) else int(text),
    "toset": lambda items: sorted(set(items)),
    "tostring": lambda value: value if isinstance(value, str) else json.dumps(value),
    "upper": lambda text: text.upper(),
}


def evaluate(text: str, follow: Follow, *, escaped: bool = False, depth: int = 0) -> Any:
    """The value of a template. Raises `OpaqueError` for what is not understood."""
    if depth > DEEPEST:
        raise OpaqueError(text)
    pieces = parts(text, escaped=escaped)
    if len(pieces) == 1 and isinstance(pieces[0], Expression):
        return _Reader(tokens(pieces[0].text), follow, depth).whole()
    texts: list[str] = []
    for piece in pieces:
        value = _Reader(tokens(piece.text), follow, depth).whole() if isinstance(piece, Expression) else piece
        if isinstance(value, Unknown):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            if not isinstance(value, bool):
                raise OpaqueError(text)
            value = json.dumps(value)
        texts.append(str(value))
    return "".join(texts)


class _Reader(Struct):
    """A recursive descent over the words of one expression."""

    words: tuple[Token, ...]
    follow: Follow
    depth: int
    at: int = 0

    def whole(self) -> Any:
        value = self.value()
        if self.at != len(self.words):
            raise OpaqueError(self.words[self.at].text)
        return value

    def peek(self) -> Token:
        if self.at >= len(self.words):
            raise OpaqueError("ends early")
        return self.words[self.at]

    def take(self, text: str) -> bool:
        if self.at < len(self.words) and self.words[self.at] == Token("symbol", text):
            self.at += 1
            return True
        return False

    def value(self) -> Any:
        word = self.peek()
        if word.kind == "string":
            self.at += 1
            return evaluate(word.text, self.follow, escaped=True, depth=self.depth + 1)
        if word.kind == "number":
            self.at += 1
            return float(word.text) if set(word.text) & set(".eE") else int(word.text)
        if word.kind == "name":
            return self.named(word.text)
        return self.bracketed()

    def bracketed(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise OpaqueError("too deep")
        if self.take("["):
            value: Any = self.items()
        elif self.take("{"):
            value = self.pairs()
        elif self.take("-"):
            number = self.value()
            if not isinstance(number, int | float):
                raise OpaqueError("-")
            value = -number
        else:
            raise OpaqueError(self.peek().text)
        self.depth -= 1
        return value

    def items(self, close: str = "]") -> list[Any]:
        found = []
        while not self.take(close):
            found.append(self.value())
            if not self.take(","):
                if not self.take(close):
                    raise OpaqueError(self.peek().text)
                break
        return found

    def pairs(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self.take("}"):
            word = self.peek()
            if word.kind == "name" or (word.kind == "string" and "${" not in word.text):
                self.at += 1
                key = word.text
            else:
                raise OpaqueError(word.text)
            if not (self.take("=") or self.take(":")):
                raise OpaqueError(key)
            found[key] = self.value()
            self.take(",")
        return found

    def named(self, name: str) -> Any:
        after = self.words[self.at + 1] if self.at + 1 < len(self.words) else None
        if after == Token("symbol", "("):
            return self.call(name)
        if name in CONSTANTS and (after is None or after.text not in {".", "["}):
            self.at += 1
            return CONSTANTS[name]
        steps, self.at = traversal(self.words, self.at)
        reference = as_reference(steps)
        if reference is None:
            raise OpaqueError(name)
        value = self.follow(reference)
        return None if value is ABSENT else value

    def call(self, name: str) -> Any:
        self.at += 2
        arguments = self.items(")")
        function = FUNCTIONS.get(name)
        if function is None:
            raise OpaqueError(name)
        unknown = next((found for found in map(_unknown_in, arguments) if found), None)
        if unknown:
            return unknown[0]
        try:
            return function(*arguments)
        except (TypeError, ValueError, AttributeError, KeyError, IndexError, ZeroDivisionError) as error:
            raise OpaqueError(name) from error


def _unknown_in(value: Any) -> tuple[Unknown] | None:
    """The first unknown at or below a value, wrapped because an unknown has no truth."""
    if isinstance(value, Unknown):
        return (value,)
    below = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return next((found for found in map(_unknown_in, below) if found), None)


def structure(text: str, follow: Follow) -> Any:
    """The object inside `${jsonencode(...)}`, with unknown leaves; ABSENT for any other text."""
    pieces = parts(text)
    if len(pieces) != 1 or not isinstance(pieces[0], Expression):
        return ABSENT
    words = tokens(pieces[0].text)
    start = (Token("name", "jsonencode"), Token("symbol", "("))
    if words[:2] != start or words[-1] != Token("symbol", ")"):
        return ABSENT
    return _Reader(words[2:-1], follow, 0).whole()
