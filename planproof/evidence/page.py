"""The evidence as one self-contained HTML file, for a screen and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planproof.evidence.model import Evidence, Failure, Status


@dataclass(frozen=True, slots=True)
class Waived:
    """One finding that somebody answers for."""

    rule: str
    failure: Failure


def render(evidence: Evidence) -> str:
    """The whole page. The template lays out, and decides nothing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only this format pays for it

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = environment.get_template("index.html.j2").render(
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
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")
