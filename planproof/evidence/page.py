"""The evidence as one self-contained HTML file, for a screen and for paper."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from planproof.evidence.model import Evidence, Failure, Status
from planproof.page import page


class Waived(Struct, frozen=True):
    """One finding that somebody answers for."""

    rule: str
    failure: Failure


def render(evidence: Evidence) -> str:
    """The whole page. The template lays out, and decides nothing."""
    text = page(
        Path(__file__).parent / "index.html.j2",
        evidence=evidence,
        totals=[(status, evidence.count(status)) for status in Status],
        present=frozenset(rule.id for rule in evidence.rules),
        waived=[
            Waived(rule.id, failure)
            for rule in evidence.rules
            for failure in rule.failures
            if failure.waiver is not None
        ],
    )
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
