"""The report for people: grouped by resource, counts last; colour through rich on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planproof.reports.view import Entry, groups, questions, shown, summary

if TYPE_CHECKING:
    from planproof.checking import Report

WIDTH: Final = 110
MOST: Final = 20
STYLES: Final = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan"}
Line = tuple[tuple[str, str], ...]


def render(report: Report, width: int = WIDTH, *, color: bool = False) -> str:
    """The whole report, ending with the counts and a line break."""
    lines = tuple(_lines(report, max(width, 40)))
    if not color:
        return "".join("".join(text for _, text in line).rstrip() + "\n" for line in lines)
    return _coloured(lines, width)


def _coloured(lines: tuple[Line, ...], width: int) -> str:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for rich
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(width=width, force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as written:
        for line in lines:
            console.print(Text.assemble(*((text, style) for style, text in line)), soft_wrap=True)
    return written.get()


def _plain(text: str) -> Line:
    return (("", text),)


def _lines(report: Report, width: int) -> Iterator[Line]:
    for group in groups(report):
        yield (("bold", group.origin), ("dim", f"  {group.place}" if group.place else ""))
        if group.address != group.origin:
            yield (("dim", f"  {group.address}"),)
        for entry in group.entries:
            yield _plain("")
            yield from _finding(entry, width)
        yield _plain("")
    yield from _undecided(report, width)
    yield from _waived(report)
    for defect in report.defects:
        yield (
            ("bold red", "defect"),
            ("", f"  {defect.rule} on {defect.document} {defect.address}: {shown(defect.error)}"),
        )
    if report.defects:
        yield _plain("")
    for note in report.notes:
        yield _plain(f"note: {note}")
    yield _plain(summary(report))


def _finding(entry: Entry, width: int) -> Iterator[Line]:
    margin = " " * (len(entry.severity) + 4)
    head, *rest = textwrap.wrap(entry.title, width - len(margin))
    yield ((STYLES[entry.severity], f"  {entry.severity}"), ("bold", f"  {head}"))
    yield from ((("bold", margin + line),) for line in rest)
    yield _plain(f"    {entry.path}")
    for word, text in (
        ("found", entry.found),
        ("expected", entry.expected),
        ("because", entry.why),
        ("hint", entry.fix),
        ("docs", f"{entry.docs} ({entry.rule})"),
    ):
        first, *more = textwrap.wrap(text, width - 14, break_long_words=False, break_on_hyphens=False) or [""]
        yield (("dim", f"    {word:<9} "), ("", first))
        for line in more:
            yield _plain(f"{'':14}{line}")


def _undecided(report: Report, width: int) -> Iterator[Line]:
    asked = questions(report)
    for one in asked[:MOST]:
        yield (("magenta", "undecided"), ("", f"  {one.rule} on {one.origin} {one.path}"))
        for line in textwrap.wrap(one.cause, width - 11):
            yield (("dim", f"{'':11}{line}"),)
    if len(asked) > MOST:
        yield _plain(f"undecided  and {len(asked) - MOST:,} more; --format json lists them all")
    if asked:
        yield _plain("")


def _waived(report: Report) -> Iterator[Line]:
    for one in report.waived:
        waiver = one.waiver
        yield (
            ("blue", "waived"),
            ("", f"  {waiver.allow} on {waiver.on} until {waiver.until} by {waiver.owner}: {shown(waiver.because)}"),
        )
    if report.waived:
        yield _plain("")
