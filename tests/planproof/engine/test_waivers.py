"""Waivers are sentences with an end; one that is no longer true is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from planproof.document import Document, Resource
from planproof.engine import judge
from planproof.errors import UserError
from planproof.rule import Outcome, Rule, Violation
from planproof.waivers import Waiver, apply, near, read

MakeRule = Callable[..., Rule]
MakeDocument = Callable[..., Document]
TODAY = date(2026, 11, 23)
TEXT = """\
- allow: bad-key
  on: staging/keys/bad
  because: The key is replaced in sprint 12.
  owner: payments
  until: 2027-03-31
"""


def unrotated(key: Resource, _: Document) -> Iterator[Outcome]:
    """A check as most rules have it."""
    if not key.get("rotation"):
        yield Violation("rotation", "true")


def waiver(until: str = "2027-03-31", **words: str) -> Waiver:
    """A waiver as in TEXT, with other words where given."""
    said = {"allow": "bad-key", "on": "staging/keys/bad", "because": "So.", "owner": "payments", **words}
    return Waiver(**said, until=date.fromisoformat(until), line=7)


@pytest.fixture
def judged(rule: MakeRule, document: MakeDocument) -> Callable[..., tuple[list[str], list[str]]]:
    """What stays and what is waived, in words, for one bad and one good key."""

    def ask(*waivers: Waiver, waivable: bool = True, elsewhere: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
        asked = rule(unrotated, waivable=waivable)
        documents = (document(good={"rotation": True}, bad={}, open={"rotation": "${var.x}"}),)
        said = judge(documents, (asked,))
        kept, waived = apply(said, waivers, documents, rules={asked.id: asked}, as_of=TODAY, elsewhere=elsewhere)
        return (
            [f"{one.rule.id}: {one.path}: {one.found} -> {one.expected}" for one in kept],
            [f"{one.finding.resource.origin} by {one.waiver.owner}" for one in waived],
        )

    return ask


FOUND = "bad-key: rotation: None -> true"


@pytest.mark.parametrize("place", ["staging/keys/bad", "aws_kms_key.bad"])
def test_a_finding_is_waived(judged: Callable[..., tuple[list[str], list[str]]], place: str) -> None:
    """By construct path or by address, until the date and on it."""
    assert judged(waiver(on=place)) == ([], ["staging/keys/bad by payments"])
    assert judged(waiver(until="2026-11-23", on=place)) == ([], ["staging/keys/bad by payments"])


@pytest.mark.parametrize(
    ("one", "finding"),
    [
        (waiver("2026-11-22"), "bad-waiver: until: 2026-11-22, which is past -> 2026-11-23 or later"),
        (
            waiver("2027-11-25"),
            "bad-waiver: until: 2027-11-25 -> 2027-11-24 or earlier: a waiver lasts a year at most",
        ),
        (waiver(allow="bed-key"), "bad-waiver: allow: bed-key, which is no rule -> the id of a rule"),
        (
            waiver(on="staging/keys/good"),
            "bad-waiver: on: staging/keys/good, where bad-key finds nothing -> a place that the rule finds wrong",
        ),
        (
            waiver(on="stagging/keys/bad"),
            "bad-waiver: on: stagging/keys/bad, which is nowhere -> the construct path or the address of a resource",
        ),
    ],
)
def test_a_waiver_that_says_nothing_true_is_a_finding(
    judged: Callable[..., tuple[list[str], list[str]]], one: Waiver, finding: str
) -> None:
    """It waives nothing, and is reported with what it says and what it should say."""
    assert judged(one) == ([FOUND, finding], [])


def test_a_rule_may_refuse_to_be_waived(judged: Callable[..., tuple[list[str], list[str]]]) -> None:
    """Some failures nobody may accept."""
    assert judged(waiver(), waivable=False) == (
        [FOUND, "bad-waiver: allow: bad-key, which must never be waived -> a rule that may be waived"],
        [],
    )


def test_a_waiver_of_an_open_question_is_not_unused(judged: Callable[..., tuple[list[str], list[str]]]) -> None:
    """What synth cannot decide the plan may find wrong: the waiver waits for it."""
    assert judged(waiver(on="staging/keys/open")) == ([FOUND], [])


def test_a_waiver_of_another_environment_is_left_alone(judged: Callable[..., tuple[list[str], list[str]]]) -> None:
    """Judging staging alone says nothing about production."""
    assert judged(waiver(on="prod/keys/bad"), elsewhere=("prod",)) == ([FOUND], [])


def test_a_file_is_read_with_its_lines(tmp_path: Path) -> None:
    """A finding about a waiver points at its line; YAML's `on` stays a word."""
    file = tmp_path / "waivers.yaml"
    file.write_text("# agreed with risk\n" + TEXT)
    (one,) = near(tmp_path)

    assert (one.allow, one.on, one.until, one.line) == ("bad-key", "staging/keys/bad", date(2027, 3, 31), 2)
    assert near(tmp_path / "nowhere") == ()
    file.write_text("# none\n")
    assert read(file) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TEXT.replace("owner: payments", "owner:"), "line 1: owner: expected some words, got ''"),
        (TEXT.replace("  owner: payments\n", ""), "line 1: owner: missing"),
        (TEXT.replace("2027-03-31", "next year"), "line 1: until: expected a date, got 'next year'"),
        (TEXT + "  severity: low\n", "line 1: severity: no such word in a waiver, got 'low'"),
        (TEXT + "  owner: risk\n", "line 1: owner: said more than once, got 'payments'"),
        (TEXT + "- bad-key\n", "line 6: expected a waiver, got 'bad-key'"),
        ("allow: bad-key\n", "expected a list of waivers"),
        ("- {", "while parsing a flow node"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """A misspelt waiver must not silently waive nothing, or everything."""
    file = tmp_path / "waivers.yaml"
    file.write_text(text)

    with pytest.raises(UserError) as refused:
        read(file)
    assert str(refused.value).startswith(f"{file} cannot be used\n")
    assert problem in str(refused.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A name that does not exist, and bytes that are no text."""
    with pytest.raises(UserError, match="cannot be read"):
        read(tmp_path / "none.yaml")
    (tmp_path / "noise.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="write it as YAML, in UTF-8"):
        read(tmp_path / "noise.yaml")
