"""The report in Markdown, for a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planproof.reports.view import Entry, groups, questions, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.checking import Report

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|!])")
FENCE: Final = re.compile("`+")


def render(report: Report) -> str:
    """The report as one Markdown document."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# planproof"
    yield ""
    yield escaped(summary(report))
    for group in groups(report):
        yield ""
        yield f"## {escaped(group.origin)}"
        yield ""
        yield f"{code(group.address)}{f' at {code(group.place)}' if group.place else ''}"
        for entry in group.entries:
            yield ""
            yield from _finding(entry)
    asked = questions(report)
    if asked:
        yield from ("", "## Undecided", "", "| Rule | Where | Attribute | Cause |", "| --- | --- | --- | --- |")
        for one in asked:
            yield f"| {escaped(one.rule)} | {escaped(one.origin)} | {cell(one.path)} | {escaped(one.cause)} |"
    if report.waived:
        yield from (
            "",
            "## Waived",
            "",
            "| Rule | Where | Until | Owner | Because |",
            "| --- | --- | --- | --- | --- |",
        )
        for waived in report.waived:
            one_waiver = waived.waiver
            words = (one_waiver.allow, one_waiver.on, str(one_waiver.until), one_waiver.owner, one_waiver.because)
            yield f"| {' | '.join(escaped(word) for word in words)} |"
    if report.defects or report.notes:
        yield from ("", "## Notes", "")
        yield from (
            f"- The rule {escaped(one.rule)} is defective on {escaped(one.address)}: {escaped(one.error)}"
            for one in report.defects
        )
        yield from (f"- {escaped(note)}" for note in report.notes)


def _finding(entry: Entry) -> Iterator[str]:
    yield f"**{entry.severity}**: {escaped(entry.title)} ([{escaped(entry.rule)}]({entry.docs}))"
    yield ""
    yield f"- attribute: {code(entry.path)}"
    yield f"- found: {code(entry.found)}"
    yield f"- expected: {code(entry.expected)}"
    yield f"- because: {escaped(entry.why)}"
    yield f"- hint: {escaped(entry.fix)}"
    if entry.controls:
        yield f"- controls: {escaped(', '.join(entry.controls))}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Text in code style, whatever it holds."""
    longest = max((len(run) for run in FENCE.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{' '.join(text.split()) or ' '}{pad}{fence}"


def cell(text: str) -> str:
    """Code in a table, where a bar would end the cell."""
    return code(text).replace("|", "\\|")
