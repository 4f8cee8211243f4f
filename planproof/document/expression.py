"""Terraform's expressions inside strings: `${...}` cut out, tokenised, and their references found."""

from __future__ import annotations

import re
from functools import lru_cache
from string import hexdigits
from typing import Final, Literal

from msgspec import Struct

from planproof.document.values import Reference

DEEPEST: Final = 30
PLAIN: Final = re.compile(r"[^$%\\]+")
TOKEN: Final = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][\w-]*)"
    r"|(?P<symbol>=>|==|!=|<=|>=|&&|\|\||\.\.\.|[^\s\w\"])"
)
ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
NESTING: Final = re.compile(r'[{"]')
HEXADECIMAL: Final = frozenset(hexdigits)
NAMESPACES: Final = frozenset({"each", "count", "path", "terraform", "self"})


class OpaqueError(Exception):
    """An expression that is not understood; it stays unknown."""


class Expression(Struct, frozen=True):
    """The text between `${` and `}`."""

    text: str


class Token(Struct, frozen=True):
    """One word of an expression; the text of a string is its inside, still escaped."""

    kind: Literal["string", "number", "name", "symbol"]
    text: str


def has_expression(text: str) -> bool:
    """Whether a string is anything but literal text."""
    return "${" in text or "%{" in text


@lru_cache(maxsize=8192)
def parts(text: str, *, escaped: bool = False) -> tuple[str | Expression, ...]:
    """A template as literal texts and expressions. `escaped` for a string inside an expression."""
    found: list[str | Expression] = []
    literal: list[str] = []
    position = 0
    while position < len(text):
        plain = PLAIN.match(text, position)
        if plain:
            literal.append(plain.group())
            position = plain.end()
        elif text.startswith(("$${", "%%{"), position):
            literal.append(text[position + 1 : position + 3])
            position += 3
        elif text.startswith("${", position):
            end = _closing(text, position + 2)
            if literal:
                found.append("".join(literal))
                literal = []
            found.append(Expression(text[position + 2 : end].strip()))
            position = end + 1
        elif text.startswith("%{", position):
            raise OpaqueError(text)
        elif escaped and text[position] == "\\":
            character, position = _unescape(text, position)
            literal.append(character)
        else:
            literal.append(text[position])
            position += 1
    if literal:
        found.append("".join(literal))
    return tuple(found)


def _unescape(text: str, position: int) -> tuple[str, int]:
    letter = text[position + 1 : position + 2]
    if letter in {"u", "U"}:
        width = 4 if letter == "u" else 8
        digits = text[position + 2 : position + 2 + width]
        if len(digits) != width or not HEXADECIMAL.issuperset(digits):
            raise OpaqueError(text)
        try:
            return chr(int(digits, 16)), position + 2 + width
        except (ValueError, OverflowError) as error:
            raise OpaqueError(text) from error
    return ESCAPES.get(letter, letter), position + 2


def _closing(text: str, position: int) -> int:
    """Where the brace that closes an expression stands; strings may hold braces and expressions."""
    first = text.find("}", position)
    plain = first >= 0 and NESTING.search(text, position, first) is None
    return first if plain else _closing_of_nested(text, position)


def _closing_of_nested(text: str, position: int) -> int:
    stack = ["{"]
    while position < len(text):
        character = text[position]
        if stack[-1] == '"':
            if character == "\\":
                position += 1
            elif character == '"':
                stack.pop()
            elif text.startswith("$${", position):
                position += 2
            elif text.startswith("${", position):
                stack.append("{")
                position += 1
        elif character in '{"':
            stack.append(character)
        elif character == "}":
            stack.pop()
            if not stack:
                return position
        position += 1
    raise OpaqueError(text)


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of an expression."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        if text[position] == '"':
            end = _end_of_string(text, position + 1)
            found.append(Token("string", text[position + 1 : end]))
            position = end + 1
            continue
        match = TOKEN.match(text, position)
        if match is None:
            raise OpaqueError(text)
        position = match.end()
        if match.lastgroup == "number":
            found.append(Token("number", match.group()))
        elif match.lastgroup == "name":
            found.append(Token("name", match.group()))
        elif match.lastgroup == "symbol":
            found.append(Token("symbol", match.group()))
    return tuple(found)


def _end_of_string(text: str, position: int) -> int:
    while position < len(text):
        if text[position] == "\\":
            position += 2
        elif text[position] == '"':
            return position
        elif text.startswith("$${", position):
            position += 3
        elif text.startswith("${", position):
            position = _closing(text, position + 2) + 1
        else:
            position += 1
    raise OpaqueError(text)


def traversal(words: tuple[Token, ...], start: int) -> tuple[tuple[str, ...], int]:
    """The steps of `a.b[0].c` that begin at a name, and where they end."""
    steps = [words[start].text]
    position = start + 1
    while position + 1 < len(words) and words[position].kind == "symbol":
        symbol, after = words[position].text, words[position + 1]
        if symbol == "." and (after.kind in {"name", "number"} or after.text == "*"):
            steps.extend(after.text.split("."))
            position += 2
        elif (
            symbol == "["
            and (after.kind in {"number", "string"} or after.text == "*")
            and position + 2 < len(words)
            and words[position + 2] == Token("symbol", "]")
            and "${" not in after.text
        ):
            steps.append(after.text)
            position += 3
        else:
            break
    return tuple(steps), position


def as_reference(steps: tuple[str, ...]) -> Reference | None:
    """The reference that steps make, or nothing when they name no other place."""
    if len(steps) < 2 or steps[0] in NAMESPACES:  # noqa: PLR2004 - a kind and a name
        return None
    width = 3 if steps[0] == "data" else 2
    if steps[0] not in {"data", "var", "local", "module"} and "_" not in steps[0]:
        return None
    if len(steps) < width:
        return None
    return Reference(".".join(steps[:width]), ".".join(steps[width:]))


@lru_cache(maxsize=8192)
def lone(text: str) -> Reference | None:
    """The reference that a template is, such as `${aws_lb.front.arn}`; None for any other template."""
    pieces = parts(text)
    if len(pieces) != 1 or not isinstance(pieces[0], Expression):
        return None
    words = tokens(pieces[0].text)
    if not words or words[0].kind != "name":
        return None
    steps, end = traversal(words, 0)
    return as_reference(steps) if end == len(words) else None


def references(text: str, depth: int = 0) -> tuple[Reference, ...]:
    """Every place a template points to, in order, each once."""
    if not has_expression(text) or depth > DEEPEST:
        return ()
    found: dict[Reference, None] = {}
    for part in parts(text, escaped=depth > 0):
        if isinstance(part, Expression):
            found.update(dict.fromkeys(expression_references(part.text, depth)))
    return tuple(found)


def expression_references(text: str, depth: int = 0) -> tuple[Reference, ...]:
    """Every place an expression points to."""
    found: dict[Reference, None] = {}
    words = tokens(text)
    position = 0
    while position < len(words):
        word = words[position]
        if word.kind == "string":
            found.update(dict.fromkeys(references(word.text, depth + 1)))
        elif word.kind == "name" and (position == 0 or words[position - 1].text != "."):
            steps, end = traversal(words, position)
            reference = as_reference(steps)
            if reference is not None:
                found[reference] = None
            position = end
            continue
        position += 1
    return tuple(found)
