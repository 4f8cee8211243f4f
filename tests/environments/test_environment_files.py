"""Files that cannot be read: each ends in one message with the place and the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from environments.load import load, load_all
from environments.yaml_text import parse
from messages import UserError
from tests.environments.environment_files import write

THERE = "correct the YAML at that place"


def said_about(folder: Path, file: str, content: bytes) -> str:
    """What is said when `file` has this content."""
    (write(folder) / file).write_bytes(content)
    with pytest.raises(UserError) as refused:
        load("staging", {}, folder)
    return str(refused.value)


BROKEN = [
    (b"", "expected settings by name, got nothing", "start from another environment's file"),
    (b"# only a comment\n", "expected settings by name, got nothing", "start from another environment's file"),
    (b"[1, 2]", "expected settings by name, got a list", "start from another environment's file"),
    (b"staging", "expected settings by name, got a str", "start from another environment's file"),
    (b"region: caf\xe9", "it is not UTF-8: unexpected end of data", "save it as UTF-8"),
    (b"\xff\xfer\0", "it is not UTF-8: invalid start byte", "save it as UTF-8"),
    (b"region: eu-west-1\nregion: eu-west-2\n", "line 2, column 1: 'region' stands twice", THERE),
    (b"a: {b: 1, c: 2, b: 3}", "line 1, column 17: 'b' stands twice", THERE),
    (
        b"a: [1, 2",
        "line 1, column 9: while parsing a flow sequence, expected ',' or ']', but got '<stream end>'",
        THERE,
    ),
    (b"a: b: c", "line 1, column 5: mapping values are not allowed here", THERE),
    (
        b"a:\n\tb: 1",
        "line 2, column 1: while scanning for the next token, found character '\\t' that cannot start any token",
        THERE,
    ),
    (
        b"a: 1\n---\nb: 2",
        "line 2, column 1: expected a single document in the stream, but found another document",
        THERE,
    ),
    (b"a: *b", "line 1, column 4: found undefined alias 'b'", THERE),
    (
        b"a: !!python/object:os.system {}",
        "line 1, column 4: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system'",
        THERE,
    ),
    (b"a: \x07", "unacceptable character #x0007: special characters are not allowed", THERE),
    (b"account_id: 2020-99-99", "line 1, column 13: '2020-99-99' is no timestamp", THERE),
    (b"a: 0x_", "line 1, column 4: '0x_' is no int", THERE),
    (b"a: !!int ''", "line 1, column 4: '' is no int", THERE),
    (b"a: !!bool maybe", "line 1, column 4: 'maybe' is no bool", THERE),
    (b"a: !!timestamp soon", "line 1, column 4: 'soon' is no timestamp", THERE),
    (b"a: !!map text", "line 1, column 4: expected a mapping node, but found scalar", THERE),
    (b"? [a]\n: 1", "line 1, column 3: while constructing a mapping, found unhashable key", THERE),
    (b"a: 9223372036854775808", "line 1, column 4: the number is too large", THERE),
    (b"a: -9223372036854775808", "line 1, column 4: the number is too large", THERE),
    (b"a: " + b"9" * 5000, "line 1, column 4: '" + "9" * 5000 + "' is no int", THERE),
    (b"a: " + b"[" * 500, "it is nested too deeply", THERE),
]


@pytest.mark.parametrize("file", ["staging.yaml", "application.yaml"])
@pytest.mark.parametrize(("content", "problem", "hint"), BROKEN, ids=[repr(each[0][:24]) for each in BROKEN])
def test_a_broken_file_is_told(content: bytes, problem: str, hint: str, file: str, tmp_path: Path) -> None:
    """Whatever an editor or a merge left behind: file, line, column, problem, and no traceback."""
    expected = f"environments/{file} cannot be read\n  {problem}\n\nhint: {hint}"

    assert said_about(tmp_path, file, content) == expected


@pytest.mark.parametrize("file", ["staging.yaml", "application.yaml"])
def test_a_missing_file_is_told(file: str, tmp_path: Path) -> None:
    """An environment is never deployed from defaults alone."""
    (write(tmp_path) / file).unlink()

    with pytest.raises(UserError) as refused:
        load_all({}, tmp_path)

    assert str(refused.value) == (
        f"environments/{file} cannot be read\n  there is no such file\n\nhint: restore it, or write {file}"
    )


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    """A file that is there and cannot be opened is no traceback either."""
    (write(tmp_path) / "staging.yaml").unlink()
    (tmp_path / "staging.yaml").mkdir()

    with pytest.raises(UserError) as refused:
        load("staging", {}, tmp_path)

    assert str(refused.value) == (
        "environments/staging.yaml cannot be read\n  Is a directory\n\nhint: make it a file that you may read"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"name: prod", "name: it is what the file is called"),
        (b"application: {}", "application: it is what application.yaml says"),
    ],
)
def test_a_file_cannot_take_the_place_of_another(text: bytes, problem: str, tmp_path: Path) -> None:
    """staging.yaml that calls itself prod is a mistake to be seen, not one to be corrected silently."""
    assert said_about(tmp_path, "staging.yaml", text) == (
        f"environments/staging.yaml cannot be used\n  {problem}\n\nhint: remove it from this file"
    )


def test_keys_of_other_kinds_are_told(tmp_path: Path) -> None:
    """`on:` is true in YAML: it is a key nobody can have meant."""
    assert said_about(tmp_path, "staging.yaml", b"on: 1").splitlines()[1:3] == [
        "  1: keys should be strings, got True",
        "  account_id: is missing",
    ]


def test_a_large_value_is_told_shortly(tmp_path: Path) -> None:
    """A few lines of aliases that stand for a billion words do not become a billion words of message."""
    levels = "".join(f"  - &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    bomb = f"region:\n  - &l0 [word]\n{levels}"

    said = said_about(tmp_path, "staging.yaml", bomb.encode())

    assert "region: input should be a valid string, got [['word'], [[...], [...], " in said
    assert len(said) < 1000


def test_yaml_is_read_as_it_is_written() -> None:
    """The strict reading changes nothing that is right: anchors, merges, text, numbers up to a computer word."""
    text = "a: &a {x: 1, y: [on, null, 1.5, text]}\nb: {<<: *a, x: 2}\nc: 9223372036854775807\n2: 3\n"

    assert parse(text) == {
        "a": {"x": 1, "y": [True, None, 1.5, "text"]},
        "b": {"x": 2, "y": [True, None, 1.5, "text"]},
        "c": 9223372036854775807,
        2: 3,
    }
    assert parse("\ufeffa: 1") == {"a": 1}
