"""The review as one self-contained HTML file, for a screen and for paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planproof.review.reports.view import page

if TYPE_CHECKING:
    from planproof.review.reviewing import Review


def render(review: Review) -> str:
    """The whole page. The template lays out what `view` says, and decides nothing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only this format pays for it

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template("review.html.j2").render(page=page(review))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
