"""Every rule grows with the number of resources and no faster; counted in calls, because time proves nothing here."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from planproof.document import Document, parse
from planproof.engine import judge
from planproof.rules import rules

STAGING = Path(__file__).parents[2] / "snapshots/staging.json"
FEW, MANY = 2, 8
SLACK = 2_000
"""Calls that a rule may make once, for an index or a table."""


def repeated(copies: int) -> Document:
    """Staging so many times in one stack, under other addresses and in other networks."""
    raw: dict[str, Any] = json.loads(STAGING.read_text(encoding="utf-8"))
    names = {name for kind in (*raw["resource"].values(), *raw["data"].values()) for name in kind}
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    form = re.sub(rf"(?<![\w-])({longest_first})(?![\w-])", "\\1\x00", json.dumps([raw["resource"], raw["data"]]))
    whole: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for copy in range(copies):
        parts = json.loads(form.replace("\x00", f"_{copy}").replace("10.20.", f"10.{copy}."))
        for section, part in zip(whole, parts, strict=True):
            for kind, bodies in part.items():
                section.setdefault(kind, {}).update(bodies)
    return parse({"provider": raw["provider"], "resource": whole[0], "data": whole[1]}, name="estate", source="estate")


def calls_by_rule(document: Document) -> dict[str, int]:
    """How many functions each rule calls, whatever they are."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event == "call"

    found = {}
    for rule in rules():
        count = 0
        sys.setprofile(called)
        try:
            judge((document,), (rule,))
        finally:
            sys.setprofile(None)
        found[rule.id] = count
    return found


@pytest.mark.slow
@pytest.mark.no_cover
def test_no_rule_grows_faster_than_the_document() -> None:
    """A company with twenty thousand resources gets its answer in seconds: four times as much costs four times."""
    calls_by_rule(repeated(1))  # what is read and compiled once
    few, many = calls_by_rule(repeated(FEW)), calls_by_rule(repeated(MANY))

    faster = {name: (few[name], many[name]) for name in few if many[name] > 1.3 * MANY / FEW * few[name] + SLACK}

    assert faster == {}
