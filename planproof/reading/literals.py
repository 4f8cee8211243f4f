"""Regions, accounts and images written out in attributes, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from planproof.document import Document, Resource, Unknown, items

REGION: Final = re.compile(
    r"(?<![a-z0-9])(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-)?"
    r"(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d(?=[^0-9]|$)"
)
ACCOUNT: Final = re.compile(r"arn:aws[a-z-]*:[^:\s]*:[^:\s]*:(\d{12}):")


def texts(resource: Resource) -> Iterator[tuple[str, str]]:
    """Every text of a resource with its path; of JSON text, the whole text."""
    for name, value in resource.values.items():
        yield from _leaves(name, value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Unknown):
        yield path, value.template
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from _leaves(f"{path}.{key}", inside)
    elif isinstance(value, list | tuple):
        for position, inside in enumerate(value):
            yield from _leaves(f"{path}.{position}", inside)


def written(document: Document) -> tuple[tuple[Resource, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Every text that names regions or accounts: the resource, the path, the regions and the accounts."""
    return document.once(_written)


def _written(document: Document) -> tuple[tuple[Resource, str, tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (one, path, tuple(named), tuple(owned))
        for one in document.resources
        for name, value in one.values.items()
        if _worth(value)
        for path, text in _leaves(name, value)
        for named, owned in [(_named(text), ACCOUNT.findall(text) if "arn:" in text else ())]
        if named or owned
    )


def _worth(value: Any) -> bool:
    """Whether a text in it could name a region or an account; most attributes hold none, and need no paths."""
    if isinstance(value, str):
        return "arn:" in value or _names_a_region(value)
    if isinstance(value, dict):
        return any(map(_worth, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_worth, value))
    return isinstance(value, Unknown) and _worth(value.template)


def _named(text: str) -> list[str]:
    return REGION.findall(text) if _names_a_region(text) else []


def _names_a_region(text: str) -> bool:
    """Whether a text could; every region has the end of east-, west-, north-, south- or central- in its name."""
    return "st-" in text or "th-" in text or "al-" in text


def regions(document: Document) -> frozenset[str]:
    """The regions that a document's providers work in."""
    found = (provider.get("region") for provider in document.of("provider") if provider.name == "aws")
    return frozenset(one for one in found if isinstance(one, str))


def accounts(document: Document) -> frozenset[str]:
    """The accounts that a document's providers may touch."""
    return frozenset(
        one
        for provider in document.of("provider")
        for one in items(provider.get("allowed_account_ids"))
        if isinstance(one, str)
    )
