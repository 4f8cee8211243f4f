"""The report as JUnit XML: a suite for each document, a case for each rule that met a resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from planproof.reports.view import Entry, Question, entries, questions
from planproof.waivers import BAD_WAIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.checking import Report

FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Case(Struct, frozen=True):
    """What one rule said about one document."""

    rule: str
    failed: tuple[Entry, ...]
    undecided: tuple[Question, ...]
    errors: tuple[str, ...]

    @property
    def skipped(self) -> bool:
        """Whether the rule decided nothing."""
        return bool(self.undecided) and not self.failed and not self.errors


def render(report: Report) -> str:
    """The report as one XML document."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for document in report.documents:
        cases = tuple(_cases(report, document.name))
        lines.append(
            f'  <testsuite name={_quoted(document.name)} tests="{len(cases)}" '
            f'failures="{sum(bool(one.failed) and not one.errors for one in cases)}" '
            f'errors="{sum(bool(one.errors) for one in cases)}" '
            f'skipped="{sum(one.skipped for one in cases)}">'
        )
        for one in cases:
            lines.extend(_case(document.name, one))
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _cases(report: Report, name: str) -> Iterator[Case]:
    failed = [one for one in entries(report) if one.environment == name]
    undecided = [one for one in questions(report) if one.environment == name]
    for rule in (*report.rules, BAD_WAIVER):
        case = Case(
            rule.id,
            tuple(one for one in failed if one.rule == rule.id),
            tuple(one for one in undecided if one.rule == rule.id),
            tuple(
                f"{one.address}: {one.error}"
                for one in report.defects
                if one.rule == rule.id and name in one.document.split(", ")
            ),
        )
        if case.failed or case.undecided or case.errors or (rule.id, name) in report.passed:
            yield case


def _case(name: str, one: Case) -> Iterator[str]:
    head = f"    <testcase classname={_quoted(name)} name={_quoted(one.rule)}"
    inside = tuple(_inside(one))
    if not inside:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield from inside
    yield "    </testcase>"


def _inside(one: Case) -> Iterator[str]:
    """JUnit knows one outcome a case: an error outweighs a failure, a failure a question."""
    if one.errors:
        yield f"      <error message={_quoted('the rule is defective')}>{_text(one.errors)}</error>"
    elif one.failed:
        said = [
            f"{entry.origin} {entry.place} {entry.address}.{entry.path}: found {entry.found}, expected {entry.expected}"
            for entry in one.failed
        ]
        yield f"      <failure message={_quoted(one.failed[0].title)}>{_text(said)}</failure>"
    elif one.undecided:
        said = [f"{asked.origin} {asked.path}: {asked.cause}" for asked in one.undecided]
        yield f"      <skipped message={_quoted('undecided')}>{_text(said)}</skipped>"


def _text(lines: list[str] | tuple[str, ...]) -> str:
    return escape(FORBIDDEN.sub("?", "\n".join(lines)))


def _quoted(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("?", text))
