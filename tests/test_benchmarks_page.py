"""docs/benchmarks.md is written section by section: one figure can be measured again without hours for the rest."""

from __future__ import annotations

import re
from typing import Any

from benchmarks.page import PARTS, page
from delivery.toolchain import ROOT

FIGURES = {"wall_seconds": 960, "cpu_seconds": 1800, "peak_mib": 900}
SUITE: dict[str, Any] = {"machine": "two cores", "figures": FIGURES}
DEPLOYMENT = {"machine": "two cores", "figures": {"steps": {"deploy staging": 141.2}, "waits": {"aws_lb": 60}}}


def test_what_is_not_measured_again_stays() -> None:
    """A new figure of the suite must not cost the figures beside Checkov, which take half an hour."""
    before = page("", {"deployment": DEPLOYMENT, "suite": SUITE})
    after = page(before, {"suite": SUITE | {"figures": FIGURES | {"wall_seconds": 600}}})

    assert "`make test`: 16.0 minutes of wall clock." in before
    assert after == before.replace("16.0 minutes", "10.0 minutes")
    assert "| deploy staging | 141 |" in after


def test_the_page_is_as_it_would_be_written() -> None:
    """Nobody typed into it: writing it again without measuring anything changes nothing."""
    text = (ROOT / "docs/benchmarks.md").read_text("utf-8")

    assert page(text, {}) == text


def test_the_page_has_every_part() -> None:
    """A claim without a figure is an opinion: each part was measured, and says when and on what."""
    text = (ROOT / "docs/benchmarks.md").read_text("utf-8")

    assert re.findall(r"^<!-- ([a-z-]+) -->$", text, re.MULTILINE) == list(PARTS)
    assert len(re.findall(r"^Measured on: \d{4}-\d\d-\d\d, .* cores, load ", text, re.MULTILINE)) == len(PARTS)
