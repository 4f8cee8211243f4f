"""What every report shows, as frozen data ready to be laid out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.document import ABSENT, Sensitive, Unknown

if TYPE_CHECKING:
    from planproof.checking import Report
    from planproof.engine import Finding

LONGEST: Final = 200


class Entry(Struct, frozen=True):
    """One finding in words. The fingerprint is another one when anything else is found, or expected, at the place."""

    environment: str
    rule: str
    title: str
    severity: str
    address: str
    type: str
    origin: str
    file: str | None
    line: int | None
    path: str
    found: str
    expected: str
    why: str
    fix: str
    docs: str
    controls: tuple[str, ...]
    waivable: bool
    fingerprint: str

    @property
    def place(self) -> str:
        """File and line, or nothing when they are not known."""
        return where(self.file, self.line)


class Question(Struct, frozen=True):
    """One question without an answer, in words."""

    environment: str
    rule: str
    address: str
    origin: str
    file: str | None
    line: int | None
    path: str
    cause: str


class Group(Struct, frozen=True):
    """The findings of one resource."""

    environment: str
    origin: str
    address: str
    place: str
    entries: tuple[Entry, ...]


def where(file: str | None, line: int | None) -> str:
    """File and line as editors open them."""
    if not file:
        return ""
    return f"{file}:{line}" if line else file


def clean(text: str) -> str:
    """Text that no terminal obeys: control characters and lone surrogates are escaped."""
    return "".join(letter if letter.isprintable() or letter == " " else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def shown(value: Any) -> str:
    """A value in a line of text, cut when it is long; a secret never."""
    text = _whole(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _whole(value: Any) -> str:
    if value is None or value is ABSENT:
        return "absent"
    if isinstance(value, str):
        text = value
    elif isinstance(value, Unknown | Sensitive):
        text = str(value) if isinstance(value, Unknown) else repr(value)
    else:
        text = json.dumps(value, default=_unusual, sort_keys=True, ensure_ascii=False)
    return clean(text)


def _unusual(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(value, key=str)
    return repr(value) if isinstance(value, Sensitive) else str(value)


def entry(finding: Finding) -> Entry:
    """A finding in words."""
    rule, resource = finding.rule, finding.resource
    said = (*finding.key, _whole(finding.found), finding.expected)
    return Entry(
        environment=finding.document.name,
        rule=rule.id,
        title=rule.sentence,
        severity=str(rule.severity),
        address=clean(resource.address),
        type=resource.type,
        origin=clean(resource.origin),
        file=resource.file,
        line=resource.line,
        path=finding.path,
        found=shown(finding.found),
        expected=clean(finding.expected),
        why=rule.why,
        fix=rule.fix,
        docs=rule.docs,
        controls=rule.controls,
        waivable=rule.waivable,
        fingerprint=hashlib.sha256("\0".join(said).encode("utf-8", "backslashreplace")).hexdigest(),
    )


def entries(report: Report) -> tuple[Entry, ...]:
    """The findings in words, in the report's order."""
    return tuple(entry(one) for one in report.findings)


def questions(report: Report) -> tuple[Question, ...]:
    """The undecided in words."""
    return tuple(
        Question(
            environment=one.document.name,
            rule=one.rule.id,
            address=clean(one.resource.address),
            origin=clean(one.resource.origin),
            file=one.resource.file,
            line=one.resource.line,
            path=one.path,
            cause=clean(one.cause),
        )
        for one in report.undecided
    )


def groups(report: Report) -> Iterator[Group]:
    """The findings, resource by resource."""

    def holder(one: Entry) -> tuple[str, str, str, str]:
        return (one.environment, one.origin, one.address, one.place)

    for (environment, origin, address, place), found in groupby(entries(report), holder):
        yield Group(environment, origin, address, place, tuple(found))


def summary(report: Report) -> str:
    """The last line of a report: how much was asked, and the answers."""
    counts = report.counts
    asked = sum(len(one.resources) for one in report.documents)
    known = f", {counts.known:,} in the baseline" if counts.known else ""
    return (
        f"{', '.join(one.name for one in report.documents)}: "
        f"{_many(asked, 'resource')}, {_many(len(report.rules), 'rule')}: "
        f"{counts.passed:,} pass, {counts.failed:,} fail, {counts.undecided:,} undecided, "
        f"{counts.waived:,} waived{known}"
    )


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
