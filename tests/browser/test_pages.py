"""The pages for people, as a real browser shows and prints them."""

from __future__ import annotations

import pytest

from planproof.checking import Report
from planproof.reports.view import entries, questions
from planproof.review.reports import view
from tests.review.reviews import review_of_all

from . import chromium
from .conftest import PLANS
from .pages import seen
from .paper import sheets

PAGES = ("report", "evidence", "review")
DESK, PHONE = 1280, 390
PAPER = {"report": 688, "evidence": 1032, "review": 688}
"""A4 less its margins, upright and across, in CSS pixels."""


def squashed(text: str) -> str:
    """Text without white space: lines break where the width wants it."""
    return "".join(text.split())


def told(report: Report) -> set[str]:
    """Everything a reader of a report must find on it."""
    words = {word for one in entries(report) for word in (one.origin, one.address, one.place, one.title, one.found)}
    words |= {word for one in entries(report) for word in (one.severity, one.path, one.expected, one.why, one.fix)}
    words |= {word for one in questions(report) for word in (one.rule, one.origin, one.path, one.cause)}
    return words | {one.waiver.because for one in report.waived} | {one.waiver.owner for one in report.waived}


def missing(words: set[str], text: str) -> list[str]:
    """The words that a text does not hold."""
    held = squashed(text)
    return sorted(word for word in words if squashed(word) not in held)


def test_the_report_has_something_to_show(report: Report) -> None:
    """The other tests of this file would say nothing of an empty page."""
    assert report.counts.failed > 20
    assert report.counts.undecided
    assert report.counts.waived
    assert len(report.severities) >= 3


@pytest.mark.parametrize("page", PAGES)
def test_the_page_asks_for_nothing_and_no_script_fails(page: str, address: str) -> None:
    """A report opened on a bank's desk tells nobody that it was opened, and runs nothing of what it reports."""
    found = chromium.look(address + page)

    assert found.requests == ()
    assert found.messages == ()
    assert "<h1>" in found.dom


def test_requests_and_failing_scripts_are_noticed(address: str) -> None:
    """The test above fails for a page that loads a picture from elsewhere or has a script with a mistake."""
    found = chromium.look(f"{address}loud")

    assert found.requests == ("http://elsewhere.example/pixel.png",)
    assert any("ReferenceError: nobody is not defined" in one for one in found.messages)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_sticks_out_and_everything_can_be_read(page: str, dark: bool, address: str) -> None:  # noqa: FBT001 - pytest gives it by name
    """On a desk and on a phone, by day and by night: no sideways scrolling, no cut text, contrast of WCAG AA."""
    for sight in seen(address, page, DESK, PHONE, dark=dark):
        assert (sight.needed, sight.dark) == (sight.width, dark)
        assert sight.outside == ()
        assert sight.pale == ()


def test_what_sticks_out_or_is_pale_is_noticed(address: str) -> None:
    """The measurement finds both on a page that has both, at the width that was asked for."""
    frames = seen(address, "wide", DESK, PHONE)

    assert [one.width for one in frames] == [DESK, PHONE]
    assert all(one.needed >= 3000 and "wide" in one.outside[0] for one in frames)
    assert all(len(one.pale) == 1 and one.pale[0].startswith("1.61 ") for one in frames)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_finding_is_read_on_the_report(width: int, address: str, report: Report) -> None:
    """What the check found, asked and let pass is on the page, at either width."""
    (sight,) = seen(address, "report", width)

    assert missing(told(report), sight.text) == []


def test_every_failure_is_read_on_the_evidence(address: str, report: Report) -> None:
    """An auditor sees each finding that bears on a requirement, and each requirement."""
    (sight,) = seen(address, "evidence", DESK)
    bearing = {
        word
        for one in entries(report)
        if any(control.startswith("pci-dss-4.0.1/") for control in one.controls)
        for word in (one.rule, one.address, one.path, one.found)
    }

    assert len(bearing) > 40
    assert missing(bearing | {"1.2.1", "12.5.1"}, sight.text) == []


def test_every_effect_is_read_on_the_review(address: str) -> None:
    """Whoever approves a plan has read each thing that it does, with what is left of the data."""
    (sight,) = seen(address, "review", DESK)
    lines = [line for sheet in view.page(review_of_all(PLANS)).sheets for part in sheet.sections for line in part.lines]

    assert len(lines) > 40
    assert missing({word for line in lines for word in (line.where, line.text, line.left)}, sight.text) == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_off_on_paper(page: str, address: str) -> None:
    """The style for paper fits between the margins of the sheet that the page asks for."""
    (sight,) = seen(address, f"{page}-on-paper", PAPER[page])

    assert sight.needed == sight.width == PAPER[page]
    assert sight.outside == ()


def test_the_report_prints_with_every_finding(address: str, report: Report) -> None:
    """A printed report is complete: several sheets, every one with text, every finding whole on one of them."""
    printed = sheets(chromium.print_to_pdf(f"{address}report"))

    assert len(printed) > 5
    assert all(printed)
    assert missing(told(report), "".join(printed)) == []
    for one in entries(report):
        card = squashed(
            one.severity + one.title + "attribute" + one.path + "found" + one.found + "expected" + one.expected
        )
        assert sum(card in sheet for sheet in printed) >= 1, card
