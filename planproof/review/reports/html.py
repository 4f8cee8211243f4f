"""The review as one self-contained HTML file, for a screen and for paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planproof.page import page
from planproof.review.reports import view

if TYPE_CHECKING:
    from planproof.review.reviewing import Review


def render(review: Review) -> str:
    """The whole page. The template lays out what `view` says, and decides nothing."""
    return page(Path(__file__).parent / "review.html.j2", page=view.page(review))
