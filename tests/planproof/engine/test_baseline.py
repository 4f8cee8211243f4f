"""A baseline holds what was known before, and only what was written by planproof is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from planproof.baseline import read
from planproof.errors import UserError

HINT = "hint: write one with: planproof check --format json --output baseline.json"


def test_a_baseline_is_read(tmp_path: Path) -> None:
    """Environment, rule, address and path make it the same finding; everything else may have changed."""
    file = tmp_path / "baseline.json"
    file.write_text('{"findings": [{"environment": "dev", "rule": "a", "address": "b", "path": "c", "title": "old"}]}')

    assert read(file) == {("dev", "a", "b", "c")}


@pytest.mark.parametrize("text", ['{"findings": [{"rule": "a"}]}', "{}", '{"findings": 1}'])
def test_what_is_no_baseline_is_told(text: str, tmp_path: Path) -> None:
    """An empty baseline made of the wrong file would let every old finding stop the pipeline."""
    file = tmp_path / "baseline.json"
    file.write_text(text)

    with pytest.raises(UserError) as told:
        read(file)

    assert str(told.value) == f"{file} is no baseline\n  it is not a report of planproof\n\n{HINT}"


def test_a_baseline_that_is_no_json_is_told_with_its_place(tmp_path: Path) -> None:
    """The message names the file and the position, as for every input."""
    file = tmp_path / "baseline.json"
    file.write_text("{")

    with pytest.raises(UserError) as told:
        read(file)

    assert str(told.value).startswith(f"{file}")


def test_a_baseline_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A misspelt name is a mistake of the caller, not an empty baseline."""
    file = tmp_path / "none.json"

    with pytest.raises(UserError) as told:
        read(file)

    assert str(told.value) == f"{file} cannot be read\n  No such file or directory\n\n{HINT}"
