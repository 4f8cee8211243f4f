"""The report as one self-contained HTML file, for a screen and for paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planproof import __version__
from planproof.page import page
from planproof.reports.view import groups, questions, summary

if TYPE_CHECKING:
    from planproof.checking import Report


def render(report: Report) -> str:
    """The whole page. The template lays out what `view` says, and decides nothing."""
    return page(
        Path(__file__).parent / "report.html.j2",
        version=__version__,
        as_of=report.as_of,
        documents=report.documents,
        rules=len(report.rules),
        counts=report.counts,
        severities=[(str(level), number) for level, number in sorted(report.severities.items(), reverse=True)],
        groups=tuple(groups(report)),
        questions=questions(report),
        waived=report.waived,
        defects=report.defects,
        notes=report.notes,
        summary=summary(report),
    )
