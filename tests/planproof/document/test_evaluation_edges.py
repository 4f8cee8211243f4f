"""The reader of expressions, at its edges: what it reads to the last word, and where it stops."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import ABSENT, Reference, Unknown
from planproof.document.evaluation import evaluate, structure
from planproof.document.expression import DEEPEST, OpaqueError

UNKNOWN = Unknown("later")


def follow(reference: Reference) -> Any:
    """What a few places are worth."""
    worth = {"aws_x.text": "v", "aws_x.later": UNKNOWN, "aws_x.none": ABSENT, "aws_x.list": [1, {"k": UNKNOWN}]}
    return worth[str(reference)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${-5}", -5),
        ("${-1.5}", -1.5),
        ("${3E2}", 300.0),
        ("${7}", 7),
        ("${[]}", []),
        ("${[1]}", [1]),
        ("${[1, [2, {a = 3}], 4]}", [1, [2, {"a": 3}], 4]),
        ('${{a = 1, "b" : 2 c = {d = 3}}}', {"a": 1, "b": 2, "c": {"d": 3}}),
        ("${[[1], [2], [3]]}", [[1], [2], [3]]),
        ("${true}", True),
        ("${[false, null]}", [False, None]),
        ("${aws_x.none}", None),
        ("a${true}b${1.5}c${-2}", "atrueb1.5c-2"),
        ('${"a${"b${aws_x.text}"}"}', "abv"),
        ('${join("-", ["a"], ["b", "c"])}', "a-b-c"),
        ("${concat([1], [2], [])}", [1, 2]),
        ("${one([])}", None),
        ("${one([1, 2])}", None),
        ('${jsonencode({a = [1, "b"]})}', '{"a":[1,"b"]}'),
        ("${tostring(true)}", "true"),
        ('${lookup({a = 1}, "a", 2)}', 1),
        ("${merge({a = 1}, {a = 2, b = 3})}", {"a": 2, "b": 3}),
    ],
)
def test_worth(text: str, expected: object) -> None:
    """Exactly the value, and of exactly its type."""
    found = evaluate(text, follow)

    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("${1 2}", "2"),
        ("${[1 2]}", "2"),
        ("${(1)}", "("),
        ("${}", "ends early"),
        ("${[1,}", "ends early"),
        ("${f(1)}", "f"),
        ("${f(}", "ends early"),
        ("${upper(1)}", "upper"),
        ('${cidrsubnet("10.0.0.0/16", 2, 4)}', "cidrsubnet"),
        ('${cidrsubnet("10.0.0.0/30", 4, 1)}', "cidrsubnet"),
        ("${element([], 0)}", "element"),
        ("${-[]}", "-"),
        ("${{1 = 2}}", "1"),
        ("${{a b}}", "a"),
        ('${{"${a}" = 1}}', "${a}"),
        ("${each.value}", "each"),
        ("${true.x}", "true"),
        ("${null[0]}", "null"),
        ("x${[1]}", "x${[1]}"),
        ("x${null}", "x${null}"),
    ],
)
def test_opaque(text: str, word: str) -> None:
    """What is not understood is named, so that the cause of the doubt can be told."""
    with pytest.raises(OpaqueError) as told:
        evaluate(text, follow)

    assert str(told.value) == word


@pytest.mark.parametrize(
    "text",
    [
        "${aws_x.later}",
        "a${aws_x.later}",
        "${upper(aws_x.later)}",
        "${length([1, aws_x.later])}",
        "${jsonencode({a = {b = aws_x.later}})}",
        "${length(aws_x.list)}",
    ],
)
def test_an_unknown_part_makes_the_whole_unknown(text: str) -> None:
    """It stays the same unknown, with its cause."""
    assert evaluate(text, follow) is UNKNOWN


def test_brackets_may_be_as_deep_as_people_write() -> None:
    """The limit holds for depth alone: what stands side by side does not count."""
    assert evaluate("${" + "[" * DEEPEST + "]" * DEEPEST + "}", follow) is not None
    assert evaluate("${[" + "[[1]], " * DEEPEST * 2 + "]}", follow) == [[[1]]] * DEEPEST * 2
    for beside in ("[[1], [[1]], ", "[[1], [1], [1], "):
        with pytest.raises(OpaqueError, match=r"^too deep$"):
            evaluate("${[" + beside + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1) + "]]}", follow)
    with pytest.raises(OpaqueError, match=r"^too deep$"):
        evaluate("${" + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}", follow)


def test_strings_may_be_as_deep_as_people_write() -> None:
    """A template inside a template counts as one step."""
    assert evaluate("a", follow, depth=DEEPEST) == "a"
    text = "a"
    for _ in range(DEEPEST):
        text = '${"' + text + '"}'
    assert evaluate(text, follow) == "a"
    with pytest.raises(OpaqueError, match=r"^a$"):
        evaluate('${"' + text + '"}', follow)
    with pytest.raises(OpaqueError, match=r"^a$"):
        evaluate("a", follow, depth=DEEPEST + 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${jsonencode({a = aws_x.later})}", {"a": UNKNOWN}),
        ("${jsonencode([1])}", [1]),
        ("x${jsonencode([1])}", ABSENT),
        ("${upper([1])}", ABSENT),
        ("${jsonencode}", ABSENT),
        ("${jsonencode([1]).x}", ABSENT),
        ("plain", ABSENT),
    ],
)
def test_the_object_inside_jsonencode(text: str, expected: object) -> None:
    """A policy is judged by its known parts, though a part of it is not known."""
    assert structure(text, follow) == expected
