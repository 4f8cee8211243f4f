"""A path finds the same place however a block is written."""

from __future__ import annotations

import pytest

from planproof.document import ABSENT, Sensitive, Unknown
from planproof.document.normal import is_free, is_missing, plain, scalar
from planproof.document.paths import split, walk

LATER = Unknown("later")
TREE = {
    "one": [{"x": 1, "deep": {"y": 2}}],
    "object": {"x": 3},
    "two": [{"x": 4}, {"x": 5}],
    "empty": [],
    "pair": ("a", "b"),
    "null": None,
    "later": LATER,
    "laters": [LATER],
    "secret": Sensitive({"x": 6}),
    "text": "words",
}


@pytest.mark.parametrize(
    ("path", "steps"),
    [("", ()), ("a", ("a",)), ("a.0.b", ("a", "0", "b")), ("a[0].b", ("a", "0", "b")), ('a["k"]', ("a", "k"))],
)
def test_a_path_is_split(path: str, steps: tuple[str, ...]) -> None:
    """Terraform's brackets and our dots say the same."""
    assert split(path) == steps


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", TREE),
        ("one.x", 1),
        ("one.0.x", 1),
        ("one.deep.y", 2),
        ("one.1", ABSENT),
        ("object.x", 3),
        ("object.0.x", 3),
        ("object.1.x", ABSENT),
        ("two.1.x", 5),
        ("two.0", {"x": 4}),
        ("two.2", ABSENT),
        ("empty.x", ABSENT),
        ("empty.0", ABSENT),
        ("pair.1", "b"),
        ("null", ABSENT),
        ("null.x", ABSENT),
        ("later.x.y", LATER),
        ("laters.x", LATER),
        ("secret.x", 6),
        ("text.x", ABSENT),
        ("text.0", ABSENT),
        ("nothing", ABSENT),
    ],
)
def test_a_path_is_walked(path: str, expected: object) -> None:
    """What is there is found, what is not is absent, what is unknown stays it."""
    assert walk(TREE, split(path)) == expected


def test_several_blocks_are_said() -> None:
    """A rule that expects one block is told how many there are, and where."""
    assert walk(TREE, ("two", "x")) == Unknown("two has 2 blocks, and the rule expects one")
    assert walk({"a": TREE}, ("a", "two", "x")) == Unknown("a.two has 2 blocks, and the rule expects one")
    assert walk(TREE["two"], ("x",), "ingress") == Unknown("ingress has 2 blocks, and the rule expects one")


@pytest.mark.parametrize(
    ("value", "free", "expected"),
    [("true", False, True), ("false", False, False), ("true", True, "true"), ("x", False, "x"), (1, False, 1)],
)
def test_a_boolean_may_be_written_as_text(value: object, free: bool, expected: object) -> None:  # noqa: FBT001 - pytest gives it by name
    """AWS provider 5 writes some booleans as text; what people write stays text."""
    assert scalar(value, free=free) is expected


def test_a_whole_tree_is_made_equal() -> None:
    """Below a name that people fill freely nothing is read as a boolean."""
    tree = {"on": "true", "tags": {"on": "true", "in": ["false"]}, "list": ["false", {"off": "false"}], "n": 1}

    assert plain(tree, free=False) == {
        "on": True,
        "tags": {"on": "true", "in": ["false"]},
        "list": [False, {"off": False}],
        "n": 1,
    }
    assert plain(tree, free=True) == tree
    assert (is_free("tags"), is_free("on")) == (True, False)


@pytest.mark.parametrize("value", [None, "", [], ()])
def test_nothing_is_missing(value: object) -> None:
    """Null, an empty text and an empty list say nothing."""
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, False, "x", [None], {}])
def test_something_is_not_missing(value: object) -> None:
    """Zero, false and an empty block say something."""
    assert not is_missing(value)
