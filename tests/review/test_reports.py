"""What a reviewer reads: complete, in order, the same bytes each time, and small enough for a comment."""

from __future__ import annotations

import json

import pytest

from planproof.review.reports import FORMATS, render
from planproof.review.reports.markdown import LIMIT, MARK
from planproof.review.reports.text import render as render_text
from planproof.review.reviewing import reviewed
from planproof.settings import Settings
from tests import sarif
from tests.review.fleet import fleet
from tests.review.reviews import loaded, review_of

HUMAN = "database-grows-at-once"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_plan_gives_the_same_bytes(form: str) -> None:
    """A comment that changes by itself would be read again for nothing."""
    again = reviewed([loaded(HUMAN, "staging")], review_of(HUMAN).plans[0].plan.settings)

    assert render(again, form) == render(review_of(HUMAN), form)


def test_the_text_fits_a_terminal() -> None:
    """Nothing is cut at 80 columns but names and numbers that have no place to break."""
    lines = render_text(review_of(HUMAN), 80).splitlines()

    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []


def test_the_text_ends_with_the_verdict() -> None:
    """Whoever reads only the last line knows what may happen now."""
    review = review_of(HUMAN)

    assert render_text(review, 80).rpartition("\n\n")[2].startswith("staging: NEEDS A HUMAN. To be approved by ")


def test_the_comment_starts_with_its_mark() -> None:
    """The pipeline finds the comment by it, and updates it rather than posting another."""
    assert render(review_of(HUMAN), "markdown").startswith(f"{MARK}\n## Plan review: needs a human\n")


@pytest.mark.slow
@pytest.mark.no_cover
def test_the_comment_of_a_huge_plan_fits_and_says_what_it_leaves_out() -> None:
    """GitHub refuses a longer comment, and a refused comment is no review."""
    review = reviewed([fleet(copies=17)], Settings())
    text = render(review, "markdown")

    assert len(text.encode()) < LIMIT
    assert "more: `planproof review` shows them all" in text


def test_what_stays_while_its_way_is_taken_has_an_address_too() -> None:
    """The database that nobody reaches any more is not in the plan, and is what the reviewer has to look at."""
    data = json.loads(render(review_of("payments-loses-its-database"), "json"))
    lines = [line for kind in data["plans"][0]["effects"] if kind["kind"] != "cost" for line in kind["lines"]]

    assert {"aws_security_group.payments_connections_group_AD385A0C"} <= {line["address"] for line in lines}
    assert [line for line in lines if not line["address"]] == []


def test_the_json_holds_everything() -> None:
    """Programs decide by it: verdict, reasons, cost and the plan's own number."""
    data = json.loads(render(review_of(HUMAN), "json"))
    plan = data["plans"][0]

    assert (data["verdict"], data["exit_code"], plan["name"]) == ("needs a human", 3, "staging")
    assert plan["sha256"] == review_of(HUMAN).plans[0].plan.sha256
    assert {one["kind"] for one in plan["effects"]} >= {"downtime"}


def test_sarif_points_at_every_effect() -> None:
    """Code hosts show each effect once, and find it again by its fingerprint."""
    text = render(review_of(HUMAN), "sarif")
    results = json.loads(text)["runs"][0]["results"]

    assert sarif.problems(text) == []
    assert len({one["partialFingerprints"]["planproof/review/v1"] for one in results}) == len(results)
    assert {one["ruleId"] for one in results} == {one.kind.id for one in review_of(HUMAN).plans[0].effects}


def test_the_page_loads_nothing_from_elsewhere() -> None:
    """A review may be opened where there is no network, and must not tell anybody that it was."""
    text = render(review_of(HUMAN), "html")

    assert "<script" not in text
    assert "src=" not in text
    assert "@import" not in text
