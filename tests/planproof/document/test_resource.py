"""What a resource and a document answer when a rule asks, in every case a rule may meet."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import Block, Document, Reference, Resource, Unknown, UnknownValueError, parse

RAW: dict[str, Any] = {
    "//": {"metadata": {"stackName": "staging"}},
    "resource": {
        "aws_thing": {
            "it": {
                "text": "x",
                "nothing": None,
                "empty": "",
                "none": [],
                "zero": 0,
                "block": {"a": 1, "b": "", "c": {"d": 2}},
                "rules": [{"port": 1}, {"port": "${var.port}"}],
                "later": "${var.later}",
                "mixed": [{"port": 1}, "${var.more}"],
                "inside": '{"a": [{"b": 1}]}',
                "words": "no json",
                "key": "${aws_key.one.arn}",
                "keys": ["${aws_key.one.arn}", "${aws_key.two.arn}", "${aws_key.one.id}"],
                "elsewhere": "${aws_key.three.arn}",
                "self": "${aws_thing.it.id}",
                "dynamic": {"listed": {"for_each": "${var.x}", "content": {}}},
            }
        },
        "aws_key": {"one": {}, "two": {"beside": "${aws_thing.it.arn}"}},
    },
    "data": {"aws_key": {"read": {"of": "${aws_thing.it.arn}"}}},
    "output": {"thing": {"value": "${aws_thing.it.arn}", "sensitive": True}},
}


@pytest.fixture
def document() -> Document:
    """A small configuration."""
    return parse(RAW, name="staging", source="x.json")


@pytest.fixture
def it(document: Document) -> Resource:
    """The thing that is asked."""
    found = document.resource("aws_thing.it")
    assert found is not None
    return found


@pytest.mark.parametrize("path", ["nothing", "empty", "none", "missing", "block.b", "block.x", "text.x", ""])
def test_what_says_nothing_is_the_default(it: Resource, path: str) -> None:
    """A rule gives AWS's own default and gets it."""
    assert it.get(path) is None
    assert it.get(path, "default") == "default"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("text", "x"),
        ("zero", 0),
        ("block.a", 1),
        ("block.c.d", 2),
        ("block.0.c.0.d", 2),
        ("rules.0.port", 1),
        ("inside.a.0.b", 1),
        ("inside.a", [{"b": 1}]),
    ],
)
def test_a_value_is_found(it: Resource, path: str, expected: object) -> None:
    """Through blocks and through JSON text."""
    assert it.get(path, "default") == expected


@pytest.mark.parametrize("path", ["later", "rules.1.port", "later.x.y", "rules.port"])
def test_an_unknown_says_where_it_was_read(it: Resource, path: str) -> None:
    """The engine tells the reader the attribute that is not known."""
    found = it.get(path)

    assert isinstance(found, Unknown)
    assert found.path == path
    assert found.cause


def test_blocks_are_counted(it: Resource) -> None:
    """One block or many, each with its own path."""
    (block,) = it.blocks("block")
    first, second = it.blocks("rules")

    assert (block.path, block.get("a"), block.at("a")) == ("block.0", 1, "block.0.a")
    assert (block.get("b"), block.get("b", 7), block.get("c.d")) == (None, 7, 2)
    assert (first.path, second.path, first.get("port")) == ("rules.0", "rules.1", 1)
    assert (it.blocks("none"), it.blocks("missing"), it.blocks("text")) == ((), (), ())
    assert Block("a.0", {"x": []}).get("x", "default") == "default"


@pytest.mark.parametrize("path", ["later", "mixed"])
def test_blocks_of_unknown_number_are_a_question(it: Resource, path: str) -> None:
    """A rule about every block cannot be content when some are not known."""
    with pytest.raises(UnknownValueError):
        it.blocks(path)


def test_references_are_those_below_the_path(it: Resource) -> None:
    """In order, and each once."""
    assert it.references("key") == (Reference("aws_key.one", "arn"),)
    assert [str(one) for one in it.references("keys")] == ["aws_key.one.arn", "aws_key.two.arn", "aws_key.one.id"]
    assert it.references("text") == ()
    assert Reference("aws_key.three", "arn") in it.references()


def test_json_is_read_once(it: Resource) -> None:
    """Many rules ask for the same task definition."""
    assert it.json("inside") == {"a": [{"b": 1}]}
    assert it.json("inside") is it.json("inside")
    assert (it.json("words"), it.json("missing"), it.json("text")) == (None, None, None)


def test_targets_are_resources_of_the_document(document: Document, it: Resource) -> None:
    """One target, or none when there are none or several."""
    one, two = document.resource("aws_key.one"), document.resource("aws_key.two")

    assert document.target(it, "key") is one
    assert document.targets(it, "keys") == (one, two)
    assert document.target(it, "keys") is None
    assert document.target(it, "elsewhere") is None
    assert document.target(it, "self") is None
    assert document.target(it, "text") is None


def test_referrers_are_who_points_here(document: Document, it: Resource) -> None:
    """By any attribute; of the types that are asked for; never itself."""
    two, read = document.resource("aws_key.two"), document.resource("data.aws_key.read")
    assert two is not None

    assert set(document.referrers(it)) == {two, read}
    assert read is not None
    assert document.referrers(read) == ()
    assert document.referrers(it, "aws_key", "aws_other") == document.referrers(it)
    assert document.referrers(it, "aws_other") == ()
    assert document.referrers(two, "aws_thing") == (it,)


def test_resources_are_found_by_type(document: Document) -> None:
    """Managed ones by type, data sources by data and type, the document's parts by their own names."""
    assert [one.address for one in document.of("aws_key")] == ["aws_key.one", "aws_key.two"]
    assert [one.address for one in document.of("data.aws_key")] == ["data.aws_key.read"]
    assert [one.address for one in document.of("aws_thing", "aws_key")] == [
        "aws_thing.it",
        "aws_key.one",
        "aws_key.two",
    ]
    assert document.of("aws_key", "aws_thing") == document.of("aws_key", "aws_thing")
    assert (document.of("aws_none"), document.of("aws_none", "aws_nothing"), document.of()) == ((), (), ())
    assert [one.type for one in document.of("stack")] == ["stack"]
    assert [one.name for one in document.of("output")] == ["thing"]
    assert document.resource("aws_none.x") is None
    assert repr(document) == "<configuration staging: 4 resources>"


def test_an_index_is_made_once(document: Document) -> None:
    """Rules share what is expensive to know about a document."""
    asked: list[Document] = []

    def count(one: Document) -> int:
        asked.append(one)
        return 0

    assert (document.once(count), document.once(count)) == (0, 0)
    assert asked == [document]
