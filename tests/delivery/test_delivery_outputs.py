"""What a deployment says, kept in one flat file that is old or new, never half."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from delivery.outputs import flatten, keep, read
from messages import UserError


def test_outputs_become_one_level_of_text() -> None:
    """Tests and scripts read any output as a string, under one name, in one order."""
    assert flatten(
        {
            "vpc_id": "vpc-1",
            "tasks": 3,
            "share": 1.5,
            "waf": True,
            "replica": None,
            "subnets": ["a", "b", 3, {"x": 1}],
            "none": [],
            "database": {"port": 5432, "host": {"name": "db"}},
            "alarm": "",
        }
    ) == {
        "alarm": "",
        "database_host_name": "db",
        "database_port": "5432",
        "none": "",
        "replica": "null",
        "share": "1.5",
        "subnets": 'a,b,3,{"x": 1}',
        "tasks": "3",
        "vpc_id": "vpc-1",
        "waf": "true",
    }
    assert list(flatten({"b": "1", "a": {"z": "2", "c": "3"}})) == ["a_c", "a_z", "b"]


def test_outputs_are_kept(tmp_path: Path) -> None:
    """After a deployment the file holds its outputs, and reads back as what was given."""
    raw = tmp_path / "raw.json"
    raw.write_text('{"staging": {"b": [1, 2], "a": "x"}, "dev": {"c": 1}}')
    file = tmp_path / "cfn-outputs" / "flat-outputs.json"

    assert keep(raw, "staging", file) == {"a": "x", "b": "1,2"}
    assert file.read_text() == '{\n  "a": "x",\n  "b": "1,2"\n}\n'
    assert read(file) == {"a": "x", "b": "1,2"}
    assert [each.name for each in file.parent.iterdir()] == ["flat-outputs.json"]


@pytest.mark.parametrize(
    "content", [None, "", '{"staging": ', "[]", "null", "{}", '{"dev": {}}', '{"staging": 3}', '{"staging": null}']
)
def test_a_failure_leaves_the_old_outputs(content: str | None, tmp_path: Path) -> None:
    """What was deployed before stays known when a deployment left nothing, or half a file."""
    raw, file = tmp_path / "staging.outputs.json", tmp_path / "flat-outputs.json"
    file.write_text("old")
    if content is not None:
        raw.write_text(content)

    with pytest.raises(UserError) as refused:
        keep(raw, "staging", file)

    assert str(refused.value) == (
        "staging has no outputs\n  cdktf wrote none to staging.outputs.json\n\nhint: deploy staging again"
    )
    assert file.read_text() == "old"


def test_a_write_that_fails_leaves_the_old_outputs(tmp_path: Path) -> None:
    """The new file takes the place of the old one only when it is whole."""
    raw, file = tmp_path / "raw.json", tmp_path / "flat-outputs.json"
    raw.write_text('{"staging": {"a": "1"}}')
    (tmp_path / "flat-outputs.new").mkdir()
    file.write_text("old")
    with pytest.raises(IsADirectoryError):
        keep(raw, "staging", file)
    assert file.read_text() == "old"


def test_without_a_deployment_there_are_no_outputs(tmp_path: Path) -> None:
    """The tests of a deployment say that there is none, not that a file is missing."""
    with pytest.raises(UserError) as refused:
        read(tmp_path / "flat-outputs.json")

    assert str(refused.value) == (
        "nothing has been deployed from here\n  flat-outputs.json does not exist\n\nhint: run: make deploy ENV=staging"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("[1]", "expected outputs by name, got [1]"),
    ],
)
def test_broken_outputs_are_told(content: str, problem: str, tmp_path: Path) -> None:
    """A file that somebody edited is a message, not a traceback."""
    file = tmp_path / "flat-outputs.json"
    file.write_text(content)

    with pytest.raises(UserError) as refused:
        read(file)

    assert str(refused.value) == (
        f"flat-outputs.json cannot be read\n  {problem}\n\nhint: run: make deploy ENV=staging"
    )


def test_names_do_not_collide() -> None:
    """No output takes the place of another silently."""
    nested: dict[str, Any] = {"a_b": "1", "a": {"b": "2"}}

    with pytest.raises(UserError) as refused:
        flatten(nested)

    assert str(refused.value) == (
        "outputs cannot be flattened\n  a_b stands for two of them\n\nhint: give one of them another name"
    )
