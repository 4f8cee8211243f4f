"""Every word of a waiver file is read, and every mistake in one is told with what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planproof.document import Document
from planproof.engine import judge
from planproof.errors import UserError
from planproof.rule import Rule, Violation
from planproof.waivers import BAD_WAIVER, HINT, Waiver, apply, read

MakeRule = Callable[..., Rule]
MakeDocument = Callable[..., Document]
TODAY = date(2026, 11, 23)
GOOD = "- {allow: bad-key, on: staging/keys/bad, because: Soon., owner: payments, until: 2027-03-31}\n"


def told(file: Path) -> str:
    """The message for a file that cannot be used."""
    with pytest.raises(UserError) as error:
        read(file)
    return str(error.value)


def test_a_waiver_says_where_it_stands(tmp_path: Path) -> None:
    """A finding about a waiver points at its line, so that it can be mended."""
    file = tmp_path / "waivers.yaml"
    file.write_text(f"# ours\n{GOOD}")

    (found,) = read(file)

    assert (found.source, found.line, found.until) == (str(file), 2, date(2027, 3, 31))
    assert (found.allow, found.on, found.because, found.owner) == ("bad-key", "staging/keys/bad", "Soon.", "payments")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "''\n", "[]\n", "~\n"])
def test_a_file_may_hold_no_waiver(text: str, tmp_path: Path) -> None:
    """The file stays when the last waiver is removed."""
    file = tmp_path / "waivers.yaml"
    file.write_text(text)

    if text == "~\n":
        assert told(file).startswith(f"{file} cannot be used\n  expected a list of waivers")
    else:
        assert read(file) == ()


def test_a_file_that_is_no_list_is_told(tmp_path: Path) -> None:
    """A word or a single waiver without its dash is no list: it must not be taken for an empty one."""
    file = tmp_path / "waivers.yaml"
    for text in ("allow", "allow: bad-key"):
        file.write_text(text)
        assert told(file) == f"{file} cannot be used\n  expected a list of waivers\n\nhint: {HINT}"


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """A person mends all lines in one go."""
    file = tmp_path / "waivers.yaml"
    file.write_text(f"- words\n{GOOD}- {{allow: [bad-key], on: x, because: y, owner: z, until: soon, odd: 1}}\n")

    assert told(file) == (
        f"{file} cannot be used\n"
        "  line 1: expected a waiver, got 'words'\n"
        "  line 3: allow: expected some words, got None\n"
        "  line 3: until: expected a date, got 'soon'\n"
        "  line 3: odd: no such word in a waiver, got '1'\n"
        "\n"
        f"hint: {HINT}"
    )


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    """Bytes of another encoding and broken YAML get the same hint."""
    file = tmp_path / "waivers.yaml"
    for content in (b"- {", b"\xff\xfe\xff"):
        file.write_bytes(content)
        assert told(file).startswith(f"{file} cannot be used\n  ")
        assert told(file).endswith("\n\nhint: write it as YAML, in UTF-8")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Who names a waiver file means one."""
    file = tmp_path / "none.yaml"

    assert told(file) == f"{file} cannot be read\n  No such file or directory\n\nhint: name a file that exists"


def test_words_beyond_ascii_are_read(tmp_path: Path) -> None:
    """Reasons are written by people of all languages, in UTF-8 whatever the machine prefers."""
    file = tmp_path / "waivers.yaml"
    reason = "Schl\u00fcssel f\u00fcr die Pr\u00fcfung."
    file.write_bytes(GOOD.replace("Soon.", reason).encode())

    assert read(file)[0].because == reason


def one_waiver(until: str, allow: str = "bad-key") -> Waiver:
    """A waiver for the bad key."""
    day = date.fromisoformat(until)
    return Waiver(allow=allow, on="staging/keys/bad", because="So.", owner="payments", until=day, line=7)


def test_a_waiver_lasts_a_year_and_a_day_at_most(rule: MakeRule, document: MakeDocument) -> None:
    """The last day of the longest waiver still counts: 366 days, for a year may be a leap year."""
    asked = rule(lambda _, __: [Violation("rotation", "true")])
    documents = (document(bad={}),)
    said = judge(documents, (asked,))
    kept, waived = apply(said, [one_waiver("2027-11-24")], documents, rules={asked.id: asked}, as_of=TODAY)

    assert (kept, len(waived)) == ([], 1)


def test_what_must_never_be_waived_is_not(rule: MakeRule, document: MakeDocument) -> None:
    """The finding stays and the waiver is a second one, which blames the waiver's own line and words."""
    asked, other = rule(lambda _, __: [Violation("rotation", "true")], waivable=False), rule(lambda _, __: [], "ok")
    documents = (document(bad={}),)
    said = judge(documents, (asked, other))
    kept, waived = apply(said, [one_waiver("2027-03-31")], documents, rules={asked.id: asked}, as_of=TODAY)
    place = kept[1].resource

    assert (waived, [one.rule for one in kept]) == ([], [asked, BAD_WAIVER])
    assert (place.address, place.type, place.name, place.mode) == ("waiver.bad-key", "waiver", "bad-key", "setting")
    assert place.origin == "waivers.yaml: allow bad-key on staging/keys/bad"
    assert (place.file, place.line) == ("waivers.yaml", 7)
    assert {key: place.get(key) for key in ("allow", "on", "because", "owner", "until")} == {
        "allow": "bad-key",
        "on": "staging/keys/bad",
        "because": "So.",
        "owner": "payments",
        "until": "2027-03-31",
    }


def test_a_finding_stays_where_its_rule_was_made_unwaivable(rule: MakeRule, document: MakeDocument) -> None:
    """A waiver for the rule's name does not reach a rule of that name that must not be waived."""
    strict, lenient = (rule(lambda _, __: [Violation("rotation", "true")], waivable=one) for one in (False, True))
    documents = (document(bad={}),)
    said = judge(documents, (strict,))
    kept, waived = apply(said, [one_waiver("2027-03-31")], documents, rules={lenient.id: lenient}, as_of=TODAY)

    assert (kept[0].rule, waived) == (strict, [])


def test_the_rule_about_waivers_finds_nothing_in_a_document(document: MakeDocument) -> None:
    """It stands in the reports like every rule; only the waivers themselves give its findings."""
    staging = document(key={})

    assert list(BAD_WAIVER.check(staging.of("aws_kms_key")[0], staging)) == []
