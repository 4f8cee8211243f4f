"""Puts a finding on the resource it is about, when a rule judges the whole stack or several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from planproof.document import Document, Resource, UnknownValueError
from planproof.rule import Check, Outcome, Undecided
from planproof.settings import Settings

ContractCheck = Callable[[Mapping[str, Document], Settings], Iterable[Outcome]]


def on(resource: Resource, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same outcomes, each about this resource unless it names another."""
    for outcome in outcomes:
        yield outcome if outcome.resource is not None else replace(outcome, resource=resource)


def outside_the_first(check: Check, *types: str) -> ContractCheck:
    """A rule for every environment but the first, which is rebuilt at will."""

    def judge(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
        yield from _judged(check, types, _standing(documents, settings, settings.environments[1:]))

    return judge


def in_the_last(check: Check, *types: str) -> ContractCheck:
    """A rule for the last environment, where real money is."""

    def judge(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
        yield from _judged(check, types, _standing(documents, settings, settings.environments[-1:]))

    return judge


def _standing(documents: Mapping[str, Document], settings: Settings, names: tuple[str, ...]) -> tuple[Document, ...]:
    """The documents of these names; without an order of environments every document counts as production."""
    if not settings.environments:
        return tuple(documents.values())
    return tuple(documents[name] for name in names if name in documents)


def _judged(check: Check, types: tuple[str, ...], documents: Iterable[Document]) -> Iterator[Outcome]:
    for document in documents:
        for resource in document.of(*types):
            try:
                yield from on(resource, check(resource, document))
            except UnknownValueError as error:
                yield Undecided(error.unknown.path, error.unknown.cause, resource)
