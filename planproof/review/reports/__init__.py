"""A review on paper: one file a format, each with a function `render`. They lay out what `view` says."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from planproof.review.reviewing import Review

FORMATS: Final = ("text", "markdown", "html", "json", "sarif")


def render(review: Review, form: str) -> str:
    """The review in one of the formats; the same review is the same text, byte for byte."""
    text: str = import_module(f"{__name__}.{form}").render(review)
    return text
