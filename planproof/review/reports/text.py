"""The review for a terminal: the verdict first, then what is worst; it fits 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planproof.review.reports.view import page

if TYPE_CHECKING:
    from planproof.review.reports.view import Crossing, Line, Section, Sheet
    from planproof.review.reviewing import Review

WIDTH: Final = 80
MOST: Final = 12
STYLES: Final = {"blocked": "bold red", "needs a human": "yellow", "safe": "green"}
Row = tuple[tuple[str, str], ...]


def render(review: Review, width: int = WIDTH, *, color: bool = False) -> str:
    """The whole review, ending with a line break."""
    rows = tuple(_rows(review, max(width, 40)))
    if not color:
        return "".join("".join(text for _, text in row).rstrip() + "\n" for row in rows)
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for rich
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(width=width, force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as written:
        for row in rows:
            console.print(Text.assemble(*((text, style) for style, text in row)), soft_wrap=True)
    return written.get()


def _rows(review: Review, width: int) -> Iterator[Row]:
    whole = page(review)
    for sheet in whole.sheets:
        yield from _sheet(sheet, width)
        yield ()
    for crossing in whole.crossings:
        yield from _crossing(crossing, width)
        yield ()
    for sheet in whole.sheets:
        first, *more = textwrap.wrap(f"{sheet.name}: {sheet.headline}. {sheet.decision}", width) or [""]
        yield ((STYLES[sheet.level], first),)
        yield from ((("", line),) for line in more)


def _sheet(sheet: Sheet, width: int) -> Iterator[Row]:
    yield (("bold", sheet.name), ("", "  "), (STYLES[sheet.level], sheet.headline))
    yield (("dim", f"  plan {sheet.sha256}"),)
    yield from _wrapped(sheet.summary, width, "  ")
    for section in sheet.sections:
        yield ()
        yield from _section(section, width)
    if sheet.rest:
        yield ()
        yield (("bold", f"Harmless: {sheet.resting:,} more"),)
        words = ", ".join(f"{number:,} {action} {kind}" for action, kind, number in sheet.rest[:MOST])
        more = f", and {len(sheet.rest) - MOST:,} more kinds" if len(sheet.rest) > MOST else ""
        yield from _wrapped(words + more, width, "  ")
    cost = sheet.cost
    yield ()
    yield (("bold", "Monthly cost"), ("", f"  {cost.before} USD -> {cost.after} USD ({cost.difference})"))
    for name, amount in cost.parts:
        yield (("", f"  {amount:>10}  {name}"),)
    if cost.more:
        yield (("dim", f"  and {cost.more:,} more"),)
    if cost.unpriced:
        yield from _wrapped(f"without a price: {', '.join(cost.unpriced)}", width, "  ")


def _section(section: Section, width: int) -> Iterator[Row]:
    mark = f"  [{section.level}{f': {section.who}' if section.who else ''}]" if section.level != "safe" else ""
    yield (("bold", section.title), (STYLES[section.level], mark))
    for line in section.lines[:MOST]:
        yield from _line(line, width)
    if len(section.lines) > MOST:
        yield (("dim", f"  and {len(section.lines) - MOST:,} more; --format json lists them all"),)


def _line(line: Line, width: int) -> Iterator[Row]:
    yield (("cyan", f"  {line.where}"), ("dim", f"  {line.place}" if line.place else ""))
    label = f"{line.path}: " if line.path else ""
    yield from _wrapped(f"{label}{line.text}", width, "    ")
    if line.left:
        yield from _wrapped(f"left: {line.left}", width, "    ")


def _crossing(crossing: Crossing, width: int) -> Iterator[Row]:
    yield (("bold", f"Promotion {crossing.earlier} -> {crossing.later}"),)
    yield (("", f"  {crossing.shared:,} changes are made in both"),)
    if crossing.standing:
        yield (("", f"  {crossing.standing:,} more are in {crossing.earlier} already"),)
    for words, steps in (
        (f"{crossing.later} gets what {crossing.earlier} never ran", crossing.untried),
        (f"{crossing.earlier} runs what {crossing.later} does not get", crossing.missing),
    ):
        if steps:
            yield (("yellow", f"  {words}: {len(steps):,}"),)
            for step in steps[:MOST]:
                yield from _wrapped(step, width, "    ")
            if len(steps) > MOST:
                yield (("dim", f"    and {len(steps) - MOST:,} more"),)


def _wrapped(text: str, width: int, margin: str) -> Iterator[Row]:
    for line in textwrap.wrap(text, width - len(margin), break_long_words=False, break_on_hyphens=False):
        yield (("", margin + line),)
