"""A baseline holds what was known before, and only what was written by planproof is one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import asdict

from planproof.baseline import read, split
from planproof.demands import must
from planproof.document import Document, Sensitive
from planproof.engine import judge
from planproof.errors import UserError
from planproof.reports.view import entry
from planproof.rule import Rule, Violation

HINT = "hint: write one with: planproof check --format json --output baseline.json"


def written(file: Path, rule: Rule, *documents: Document, without: str = "") -> Path:
    """A baseline of what a rule finds, as a run writes it."""
    findings = judge(documents, (rule,)).findings
    entries = [{key: value for key, value in asdict(entry(one)).items() if key != without} for one in findings]
    file.write_text(json.dumps({"findings": entries}))
    return file


@pytest.fixture
def deletion(rule: Callable[..., Rule]) -> Rule:
    """A rule about the days before a key is gone."""
    return rule(lambda key, _: must(key, "days", at_least=30))


@pytest.mark.parametrize("without", ["", "fingerprint"])
def test_a_finding_that_got_worse_is_new(
    without: str, deletion: Rule, document: Callable[..., Document], tmp_path: Path
) -> None:
    """What was accepted is one value; a baseline that hid worse ones would be a hole. The same in older reports."""
    file = written(tmp_path / "b.json", deletion, document(a={"days": 20}, b={"days": 20}), without=without)
    now = judge((document(a={"days": 20}, b={"days": 7}),), (deletion,)).findings

    fresh, known = split(now, file)

    assert [one.resource.name for one in known] == ["a"]
    assert [(one.resource.name, one.found) for one in fresh] == [("b", 7)]


def test_a_change_far_into_a_long_value_is_seen(
    rule: Callable[..., Rule], document: Callable[..., Document], tmp_path: Path
) -> None:
    """Reports cut a long policy short; what makes it the same finding is all of it."""
    short = rule(lambda key, _: must(key, "policy", equals="short"))
    file = written(tmp_path / "b.json", short, document(a={"policy": "x" * 500}))

    fresh, known = split(judge((document(a={"policy": "x" * 499 + "y"}),), (short,)).findings, file)

    assert (len(fresh), len(known)) == (1, 0)


def test_a_secret_is_compared_without_its_value(
    rule: Callable[..., Rule], document: Callable[..., Document], tmp_path: Path
) -> None:
    """Not even a hash of it is written: a short password is guessed from that."""
    hidden = rule(lambda key, _: (Violation("password", "no password", found=Sensitive(key.get("password"))),))
    file = written(tmp_path / "b.json", hidden, document(a={"password": "hunter2"}))

    fresh, known = split(judge((document(a={"password": "swordfish"}),), (hidden,)).findings, file)

    assert (len(fresh), len(known)) == (0, 1)


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
