"""Words, references and templates are cut exactly where Terraform cuts them."""

from __future__ import annotations

import pytest

from planproof.document import Reference
from planproof.document.expression import (
    DEEPEST,
    Expression,
    OpaqueError,
    Token,
    as_reference,
    expression_references,
    has_expression,
    lone,
    parts,
    references,
    tokens,
    traversal,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("plain", ("plain",)),
        ("${ a.b }", (Expression("a.b"),)),
        ("x${a}y${b}z", ("x", Expression("a"), "y", Expression("b"), "z")),
        ("${a}${b}", (Expression("a"), Expression("b"))),
        ("$${a} and %%{b}", ("${a} and %{b}",)),
        ("$5 %6 \\n", ("$5 %6 \\n",)),
        ("$", ("$",)),
        ('${f({a = "}"})}', (Expression('f({a = "}"})'),)),
        ('${"x${"}"}y"}z', (Expression('"x${"}"}y"'), "z")),
        ('${"$${"}z', (Expression('"$${"'), "z")),
        ('${"\\"}"}z', (Expression('"\\"}"'), "z")),
        ("${{a = {b = 1}}}z", (Expression("{a = {b = 1}}"), "z")),
        ('${"${X}${"{"}"}z', (Expression('"${X}${"{"}"'), "z")),
    ],
)
def test_a_template_is_cut(text: str, expected: tuple[str | Expression, ...]) -> None:
    """Braces, strings and escapes inside an expression do not end it."""
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\\n\\t\\r\\"\\\\', '\n\t\r"\\'),
        ("a\\u0041b", "aAb"),
        ("a\\U00000042b", "aBb"),
        ("\\u004142", "A42"),
        ("\\u00ffg", "\u00ffg"),
        ("\\q$${", "q${"),
        ("\\", ""),
    ],
)
def test_a_string_inside_an_expression_is_unescaped(text: str, expected: str) -> None:
    """Terraform's escapes are read; a letter that has no meaning stays."""
    assert "".join(str(part) for part in parts(text, escaped=True)) == expected


@pytest.mark.parametrize("text", ["${a", '${"a}', "${{}", "%{ if a }", "x%{for}", '${"${a"}'])
def test_what_does_not_end_is_opaque(text: str) -> None:
    """Half an expression is not guessed, and the text is told."""
    with pytest.raises(OpaqueError) as told:
        parts(text)

    assert str(told.value) == text


@pytest.mark.parametrize("text", ["\\u12", "\\u+123", "\\uxyzw", "\\UFFFFFFFF", "\\u"])
def test_an_escape_that_is_none_is_opaque(text: str) -> None:
    """A letter that does not exist makes the text unknown, and crashes nothing."""
    with pytest.raises(OpaqueError) as told:
        parts(text, escaped=True)

    assert str(told.value) == text


@pytest.mark.parametrize(("text", "expected"), [("${a}", True), ("%{ if a }", True), ("$a {b} %c", False), ("", False)])
def test_an_expression_is_noticed(text: str, expected: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    """Everything else is literal text and is not parsed."""
    assert has_expression(text) is expected


def test_words() -> None:
    """Numbers, names with dashes, symbols of two and three letters, strings with all that strings may hold."""
    text = 'a-b_1.c[0] == 1.5e-3 ? "x\\"${f("}")}$${y" : null... && 2E+4 <= 7'

    assert tokens(text) == (
        Token("name", "a-b_1"),
        Token("symbol", "."),
        Token("name", "c"),
        Token("symbol", "["),
        Token("number", "0"),
        Token("symbol", "]"),
        Token("symbol", "=="),
        Token("number", "1.5e-3"),
        Token("symbol", "?"),
        Token("string", 'x\\"${f("}")}$${y'),
        Token("symbol", ":"),
        Token("name", "null"),
        Token("symbol", "..."),
        Token("symbol", "&&"),
        Token("number", "2E+4"),
        Token("symbol", "<="),
        Token("number", "7"),
    )


@pytest.mark.parametrize("text", ['"open', '"a\\"', "\u00e9", '"${a"'])
def test_words_that_are_none_are_opaque(text: str) -> None:
    """A string without an end and letters of no word are told."""
    with pytest.raises(OpaqueError) as told:
        tokens(text)

    assert str(told.value) == text


@pytest.mark.parametrize("inside", ["$${", "$${$${", "${a}", "x${a}", "\\\\", '\\"', '${f("}")}'])
def test_a_string_ends_at_its_own_quote(inside: str) -> None:
    """Whatever stands right before it."""
    assert tokens(f'"{inside}" x') == (Token("string", inside), Token("name", "x"))


@pytest.mark.parametrize(
    ("text", "steps", "end"),
    [
        ("a.b.c", ("a", "b", "c"), 5),
        ("a.b[0].c", ("a", "b", "0", "c"), 8),
        ('a["k"].c', ("a", "k", "c"), 6),
        ("a.b[*].c", ("a", "b", "*", "c"), 8),
        ("a.*.c", ("a", "*", "c"), 5),
        ("a.0.1", ("a", "0", "1"), 3),
        ("a[b]", ("a",), 1),
        ("a[0", ("a",), 1),
        ('a["${b}"]', ("a",), 1),
        ("a[0 + 1]", ("a",), 1),
        ("a + b", ("a",), 1),
        ("a.", ("a",), 1),
        ("a b", ("a",), 1),
    ],
)
def test_steps(text: str, steps: tuple[str, ...], end: int) -> None:
    """A traversal goes on over literal indexes only."""
    assert traversal(tokens(text), 0) == (steps, end)


def test_steps_may_begin_anywhere() -> None:
    """The second name of a sum is a traversal of its own."""
    assert traversal(tokens("a + b.c"), 2) == (("b", "c"), 5)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("aws_lb", "x", "arn"), Reference("aws_lb.x", "arn")),
        (("aws_lb", "x", "a", "0"), Reference("aws_lb.x", "a.0")),
        (("aws_lb", "x"), Reference("aws_lb.x")),
        (("data", "aws_ami", "x", "id"), Reference("data.aws_ami.x", "id")),
        (("data", "aws_ami", "x"), Reference("data.aws_ami.x")),
        (("data", "aws_ami"), None),
        (("var", "x", "y"), Reference("var.x", "y")),
        (("local", "x"), Reference("local.x")),
        (("module", "x", "y"), Reference("module.x", "y")),
        (("aws_lb",), None),
        (("path", "module"), None),
        (("each", "value"), None),
        (("count", "index"), None),
        (("self", "arn"), None),
        (("terraform", "workspace"), None),
        (("name", "x"), None),
        (("aws_lb", "self", "arn"), Reference("aws_lb.self", "arn")),
    ],
)
def test_a_reference_names_another_place(steps: tuple[str, ...], expected: Reference | None) -> None:
    """Words of the language and lone names point to nothing."""
    assert as_reference(steps) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${aws_lb.x.arn}", Reference("aws_lb.x", "arn")),
        ("x${aws_lb.x.arn}", None),
        ("${aws_lb.x.arn}${aws_lb.x.arn}", None),
        ("${aws_lb.x.arn + 1}", None),
        ("${1}", None),
        ("${}", None),
        ("${each.value}", None),
        ("plain", None),
    ],
)
def test_a_template_that_is_one_reference(text: str, expected: Reference | None) -> None:
    """Only a whole reference can be followed to the value itself."""
    assert lone(text) == expected


def test_every_place_is_found_once_and_in_order() -> None:
    """Through calls, strings inside strings and indexes; what follows a dot is no name of its own."""
    text = '${b_x.y.z}-${f(a_x.y, "in ${c_x.y} and \\"${d_x.y}", b_x.y.z)[e_x.y.id]}$${g_x.y}'

    assert [str(one) for one in references(text)] == ["b_x.y.z", "a_x.y", "c_x.y", "d_x.y", "e_x.y.id"]
    assert expression_references("f().a_x.b") == (Reference("b_x.y"),)[:0]
    assert references("plain a_x.y") == ()


def test_nothing_is_read_deeper_than_anybody_writes() -> None:
    """A hostile string inside a string inside a string ends the reading, not the program."""
    assert references("${a_x.y}", DEEPEST) == (Reference("a_x.y"),)
    assert references("${a_x.y}", DEEPEST + 1) == ()
    text = "${a_x.y}"
    for _ in range(DEEPEST):
        text = '${"' + text + '"}'
    assert references(text) == (Reference("a_x.y"),)
    assert references('${"' + text + '"}') == ()


def test_a_dollar_that_is_escaped_begins_nothing() -> None:
    """Inside a string of an expression a backslash takes the meaning of what follows."""
    assert references('${f("\\${a_x.y}")}') == ()
    assert references('${f("\\\\${a_x.y}")}') == (Reference("a_x.y"),)
