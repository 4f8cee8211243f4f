"""The page about the review says what the review does."""

from __future__ import annotations

import re

from planproof.review.effect import LEVELS, Kind, Level
from tests.review.reviews import ROOT

WORDS = {Level.BLOCKED: "blocked", Level.HUMAN: "a human", Level.SAFE: "safe"}


def test_every_kind_is_documented_with_its_level() -> None:
    """Whoever sets up approvals reads this table; a kind that is missing there would be approved by nobody."""
    rows = re.findall(r"^\| (`[^|]+) \|.*\| ([a-z ]+) \|$", (ROOT / "docs/review.md").read_text(), re.MULTILINE)
    written = {kind: level for kinds, level in rows for kind in re.findall(r"`([\w-]+)`", kinds)}

    assert written == {kind.id: WORDS[LEVELS.get(kind, Level.SAFE)] for kind in Kind}
