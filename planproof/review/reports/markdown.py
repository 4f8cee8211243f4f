"""The review as a comment on a pull request: it fits, folds its details, and starts with a mark to find it again.

GitHub's limit for a comment is 65,536 characters: https://github.com/orgs/community/discussions/27190
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planproof.reports.markdown import code, escaped
from planproof.review.reports.view import page

if TYPE_CHECKING:
    from planproof.review.reports.view import Crossing, Page, Section, Sheet
    from planproof.review.reviewing import Review

MARK: Final = "<!-- planproof review -->"
LIMIT: Final = 65_536
FEWER: Final = (1_000_000, 200, 100, 50, 25, 10, 5, 2, 1, 0)


def render(review: Review) -> str:
    """The comment; the longer it would be, the fewer lines of each section it shows, and says how many are left out."""
    whole = page(review)
    for most in FEWER:
        text = "\n".join(_lines(whole, most)) + "\n"
        if len(text.encode()) < LIMIT:
            return text
    return text[: LIMIT - 200] + "\n\nThe rest is left out: planproof review shows it.\n"


def _lines(whole: Page, most: int) -> Iterator[str]:
    yield MARK
    yield f"## Plan review: {whole.headline.lower()}"
    yield ""
    yield "| environment | verdict | changes | monthly cost | approval |"
    yield "| --- | --- | --- | --- | --- |"
    for sheet in whole.sheets:
        acts = ", ".join(f"{number:,} {action}" for action, number in sheet.actions) or "none"
        cost = f"{sheet.cost.after} USD ({sheet.cost.difference})"
        who = escaped(", ".join(sheet.approvers)) if sheet.level == "needs a human" else "-"
        yield f"| {escaped(sheet.name)} | **{sheet.headline.lower()}** | {acts} | {cost} | {who} |"
    for sheet in whole.sheets:
        yield from _sheet(sheet, most)
    for crossing in whole.crossings:
        yield from _crossing(crossing, most)


def _sheet(sheet: Sheet, most: int) -> Iterator[str]:
    yield ""
    yield f"### {escaped(sheet.name)}"
    yield ""
    yield f"{sheet.decision} {sheet.summary.capitalize()}."
    for section in sheet.sections:
        yield ""
        yield from _section(section, most)
    if sheet.rest:
        yield from ("", f"<details><summary>Harmless: {sheet.resting:,} more</summary>", "")
        for action, kind, number in sheet.rest[:most]:
            yield f"- {number:,} {action} {code(kind)}"
        yield from _left_out(len(sheet.rest), most)
        yield from ("", "</details>")
    yield from _cost(sheet, most)
    yield ""
    yield f"Plan {code(sheet.sha256)}"


def _section(section: Section, most: int) -> Iterator[str]:
    opened = " open" if section.level != "safe" and len(section.lines) <= most else ""
    who = f", {escaped(section.who)}" if section.who and section.level == "needs a human" else ""
    level = f" ({section.level}{who})" if section.level != "safe" else ""
    yield f"<details{opened}><summary><b>{escaped(section.title)}</b>{level}: {len(section.lines):,}</summary>"
    yield ""
    for line in section.lines[:most]:
        place = f" at {code(line.place)}" if line.place else ""
        path = f"{code(line.path)}: " if line.path else ""
        left = f" Left: {escaped(line.left)}." if line.left else ""
        source = f" ([source]({line.source}))" if line.source else ""
        yield f"- **{escaped(line.where)}**{place}: {path}{escaped(line.text)}.{left}{source}"
    yield from _left_out(len(section.lines), most)
    yield ""
    yield "</details>"


def _left_out(number: int, most: int) -> Iterator[str]:
    if number > most:
        yield f"- and {number - most:,} more: `planproof review` shows them all"


def _cost(sheet: Sheet, most: int) -> Iterator[str]:
    cost = sheet.cost
    if not cost.parts and not cost.unpriced:
        return
    yield ""
    yield f"<details><summary>Monthly cost {cost.before} USD to {cost.after} USD ({cost.difference})</summary>"
    yield ""
    yield from (f"- {amount} USD {escaped(name)}" for name, amount in cost.parts[:most])
    if cost.more:
        yield f"- and {cost.more:,} more"
    if cost.unpriced:
        yield f"- without a price: {escaped(', '.join(cost.unpriced))}"
    yield from ("", "</details>")


def _crossing(one: Crossing, most: int) -> Iterator[str]:
    yield ""
    yield f"### Promotion from {escaped(one.earlier)} to {escaped(one.later)}"
    yield ""
    yield f"{one.shared:,} changes are made in both; {one.standing:,} more are in {escaped(one.earlier)} already."
    for words, steps in (
        (f"{one.later} gets what {one.earlier} never ran", one.untried),
        (f"{one.earlier} runs what {one.later} does not get", one.missing),
    ):
        if steps:
            yield from ("", f"<details><summary>{escaped(words)}: {len(steps):,}</summary>", "")
            yield from (f"- {escaped(step)}" for step in steps[:most])
            yield from _left_out(len(steps), most)
            yield from ("", "</details>")
