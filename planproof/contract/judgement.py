"""Judges the differences between each environment and the next by the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from planproof.contract.difference import Difference, differences, within
from planproof.contract.terms import Term, contract
from planproof.demands import as_number
from planproof.document import Document, Unknown
from planproof.reading.blame import ContractCheck
from planproof.rule import Outcome, Undecided, Violation
from planproof.settings import Settings

SIZES: Final = ("nano", "micro", "small", "medium", "large", "xlarge")
SIZE: Final = re.compile(rf"(?:^|\.)(t?)[a-z0-9]*\.(\d*)({'|'.join(SIZES)})$")
WISHES: Final = {
    "grows": "at least {}, as in {}",
    "shrinks": "at most {}, as in {}",
    "turns_on": "{} or on, as in {}",
    "turns_off": "{} or off, as in {}",
}


def pairs(documents: Mapping[str, Document], settings: Settings) -> Iterator[tuple[Document, Document]]:
    """Each environment with the next of those that are there."""
    yield from pairwise(documents[name] for name in settings.environments if name in documents)


def directed(group: str) -> ContractCheck:
    """A rule for the lines of one group: nothing moves against its direction."""

    def judge(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
        for found, term, before in _found(documents, settings):
            if term is not None and term.group == group:
                yield from _against(found, term, before)

    return judge


def undirected(direction: str | None) -> ContractCheck:
    """A rule for what must be equal (`equal`), or for what no line of the contract speaks of (None)."""

    def judge(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
        if any(one.kind != "configuration" for one in documents.values()):
            return  # what AWS chose and what the project chose look the same there
        for found, term, before in _found(documents, settings):
            if (term.direction if term is not None else None) == direction:
                yield Violation(
                    found.path,
                    f"{_said(found.before)}, as in {before.name}",
                    found=_said(found.after),
                    resource=found.resource,
                )

    return judge


def _found(documents: Mapping[str, Document], settings: Settings) -> Iterator[tuple[Difference, Term | None, Document]]:
    terms = contract(settings)
    if terms is None:
        return
    for before, after in pairs(documents, settings):
        if before.kind != after.kind:
            continue
        for found in differences(before, after):
            yield found, terms.term(found.resource.type, found.words), before


def _against(found: Difference, term: Term, before: Document) -> Iterator[Outcome]:
    if isinstance(found.before, Unknown) or isinstance(found.after, Unknown):
        unknown = found.before if isinstance(found.before, Unknown) else found.after
        yield Undecided(found.path, unknown.cause, found.resource)
    elif not _moves(found, term.direction):
        wish = WISHES[term.direction].format(_said(found.before), before.name)
        yield Violation(found.path, wish, found=_said(found.after), resource=found.resource)


def _moves(found: Difference, direction: str) -> bool:
    """Whether a value moves in the direction it may."""
    before, after = found.before, found.after
    if direction == "turns_on":
        return after is True and (before is None or before is False)
    if direction == "turns_off":
        return before is True and (after is None or after is False)
    if isinstance(before, list) or isinstance(after, list):
        small, large = found.plain if direction == "grows" else reversed(found.plain)
        return within(small, large)
    if before is None or after is None:
        return (before is None) == (direction == "grows")
    first, second = rank(before), rank(after)
    if first is None or second is None:
        return False
    return first <= second if direction == "grows" else first >= second


def rank(value: Any) -> tuple[float, ...] | None:
    """What makes values comparable: a number, or the size of an instance class, those that tire first."""
    number = as_number(value)
    if number is not None:
        return (number,)
    match = SIZE.search(value) if isinstance(value, str) else None
    if match is None:
        return None
    steady, times, size = match.groups()
    return (SIZES.index(size), float(times or 1), 0.0 if steady else 1.0)


def _said(value: Any) -> str:
    if value is None:
        return "absent"
    if isinstance(value, list):
        return f"[{', '.join(map(_said, value))}]"
    return str(value.template or value) if isinstance(value, Unknown) else str(value)
