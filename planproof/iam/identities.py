"""Which resource a text names: by a symbol in configuration, by a known ARN, URL or name in state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.iam.symbols import arn, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planproof.document import Document, Resource

SYMBOL: Final = re.compile(r"<(?:from )?((?:module\.[\w-]+\.)*[a-z]\w*\.[\w-]+(?:\[[^\]]+\])?)(?:\.([^<>]+))?>")
PARTS: Final = re.compile(r"[,;\s]+|://|:\d+(?=[/,;\s]|$)")  # several hosts, a scheme before, a port behind
KNOWN_BY: Final = ("arn", "url", "id", "name", "bucket", "address", "endpoint", "repository_url",
                   "primary_endpoint_address", "reader_endpoint_address", "configuration_endpoint_address")  # fmt: skip
SHORTEST: Final = 6  # a shorter text names too many things by chance


class Identities(Struct, frozen=True):
    """Every text by which a resource of some types may be named."""

    document: Document
    by_text: Mapping[str, Resource]

    def named_in(self, text: str) -> tuple[Resource, ...]:
        """Every resource that the text names, each once."""
        found: dict[str, Resource] = {}
        for match in SYMBOL.finditer(text):
            resource = self.document.resource(match.group(1))
            if resource is not None:
                found[resource.address] = resource
        for part in (text, *PARTS.split(text)):
            known = self.by_text.get(part)
            if known is not None:
                found[known.address] = known
        return tuple(found.values())


def identities(document: Document, *types: str) -> Identities:
    """Index the resources of these types, once; a text that two of them share names neither."""
    kept = document.once(_kept)
    if types not in kept:
        kept[types] = _index(document, types)
    return kept[types]


def _kept(document: Document) -> dict[tuple[str, ...], Identities]:
    del document
    return {}


def _index(document: Document, types: tuple[str, ...]) -> Identities:
    found: dict[str, Resource] = {}
    shared: set[str] = set()
    for resource in document.of(*types):
        for text in _texts(resource, document):
            if found.setdefault(text, resource) is not resource:
                shared.add(text)
    return Identities(document, {text: one for text, one in found.items() if text not in shared})


def _texts(resource: Resource, document: Document) -> set[str]:
    values: list[Any] = [resource.get(attribute) for attribute in KNOWN_BY]
    texts = {text for text in (text_of(value, document) for value in values) if text and len(text) >= SHORTEST}
    return texts | {arn(resource, document)}
