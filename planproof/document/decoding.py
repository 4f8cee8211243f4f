"""A file's bytes to JSON. Every fault is told by line and column."""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import Any, Final, NoReturn

from planproof.errors import UserError

DEEPEST: Final = 120
JUDGED: Final = "give it a synthesized cdk.tf.json, or the output of terraform show -json"
NEST: Final = {"{": 1, "[": 1, "}": -1, "]": -1}
STEPS: Final = {ord(bracket): step for bracket, step in NEST.items()}
OTHERS: Final = bytes(set(range(256)) - set(STEPS))
MARKS: Final = re.compile(
    r'(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+"?)(?P<key>\s*:)?|[{}\[\]]'
    r"|(?P<word>NaN|-?Infinity)|(?P<number>\d++)(?P<rest>[.eE][0-9.eE+-]*+)?",
    re.DOTALL,
)
"""What gives a JSON text its structure; a bracket inside a text is a part of that text."""


def decode(data: bytes, source: str) -> Any:
    """The JSON in a file's bytes. Raises `UserError` for what is none, and for a key that stands twice in an object."""
    if not data.strip():
        raise refusal(source, "it is empty")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise UserError(
            f"{source} cannot be read",
            "it is UTF-16, as PowerShell redirects write it",
            hint="write it as UTF-8: terraform show -json plan | Out-File -Encoding utf8 plan.json",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = data.count(b"\n", 0, error.start) + 1, error.start - data.rfind(b"\n", 0, error.start)
        raise refusal(source, f"line {line}, column {column}: not UTF-8") from error
    if text[:1] not in {"{", "["} and text.lstrip()[:1] not in {"{", "["}:
        raise refusal(source, f"line 1, column 1: expected a JSON object, found {text.lstrip()[:20]!a}")
    deep = _too_deep(data, text)
    if deep is not None:
        raise refusal(source, f"{_place(text, deep)}: nested deeper than {DEEPEST} levels")
    try:
        with uncollected():
            return json.loads(text, object_pairs_hook=_once, parse_constant=_constant)
    except json.JSONDecodeError as error:
        ends = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        short = "; the file ends early" if ends else ""
        raise refusal(source, f"line {error.lineno}, column {error.colno}: {error.msg}{short}") from error
    except ValueError as error:
        offset, problem = _fault(text)
        raise refusal(source, f"{_place(text, offset)}: {problem}") from error


def refusal(source: str, problem: str) -> UserError:
    """The message for a file that is nothing planproof judges."""
    return UserError(f"{source} cannot be read", problem, hint=JUDGED)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection while millions of objects are made, none of them garbage: twice as fast."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _place(text: str, offset: int) -> str:
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - text.rfind(chr(10), 0, offset)}"


def _too_deep(data: bytes, text: str) -> int | None:
    """Where the brackets first nest too deep. Those in texts are told from the others only when it matters."""
    depths = accumulate(map(STEPS.__getitem__, data.translate(None, OTHERS)))
    if next(filter(DEEPEST.__lt__, depths), None) is None:
        return None
    depth = 0
    for mark in MARKS.finditer(text):
        depth += NEST.get(mark[0], 0)
        if depth > DEEPEST:
            return mark.start()
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _constant(word: str) -> NoReturn:
    raise ValueError(word)


def _fault(text: str) -> tuple[int, str]:
    """Where and what the first thing is that Python's parser accepts, or fails at without its place, and we refuse."""
    keys: list[set[str]] = []
    for mark in MARKS.finditer(text):
        if mark["key"]:
            key = json.loads(mark["text"])
            if key in keys[-1]:
                return mark.start(), f"the key {key!a} stands twice in one object"
            keys[-1].add(key)
        elif mark["word"]:
            return mark.start(), f"{mark['word']} is not JSON"
        elif mark["number"] and not mark["rest"] and len(mark["number"]) > sys.get_int_max_str_digits():
            return mark.start(), f"a number of {len(mark['number'])} digits"
        elif NEST.get(mark[0]) == 1:
            keys.append(set())
        elif mark[0] in NEST:
            keys.pop()
    raise AssertionError("the parser refused the text for another reason")
