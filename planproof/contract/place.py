"""What makes the same thing look different in another environment: its name, account, addresses and time of plan."""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec import Struct, field

from planproof.document import Document, Sensitive, Unknown, items
from planproof.reading.subnets import Block, block

CIDR: Final = re.compile(r"^\d+\.\d+\.\d+\.\d+/\d+$")
TIME: Final = re.compile(r"(?<!\d)20\d{12}(?!\d)")
"""The second at which a plan was made, as it stands in names that may not be used twice."""
NUMBERS: Final = frozenset({"rule_no"})
"""Where in an order an item stands: another in a network of more zones."""


class Place(Struct, frozen=True):
    """One environment, and how its own marks are taken off a value."""

    words: re.Pattern[str] | None
    network: Block | None
    _told: dict[str, str] = field(default_factory=dict)

    def plain(self, value: Any) -> Any:
        """The value without what only says which environment it is in."""
        if isinstance(value, str):
            told = self._told.get(value)
            if told is None:
                told = self._told[value] = self._text(value)
            return told
        if isinstance(value, dict):
            return {key: self.plain(inside) for key, inside in value.items() if key not in NUMBERS}
        if isinstance(value, list | tuple):
            return [self.plain(one) for one in value]
        if isinstance(value, Unknown):
            return f"(later) {self.plain(value.template or ' '.join(map(str, value.references)))}"
        return self.plain(value.value) if isinstance(value, Sensitive) else value

    def _text(self, text: str) -> str:
        if self.network is not None and CIDR.match(text):
            inside = block(text)
            if inside is not None and inside.version == self.network.version:
                offset = int(inside.network_address) - int(self.network.network_address)
                if 0 <= offset < self.network.num_addresses:
                    return f"(network)+{offset}/{inside.prefixlen}"
        text = TIME.sub("(time)", text)
        return text if self.words is None else self.words.sub("(environment)", text)


def place(document: Document) -> Place:
    """The marks of a document: its name, its accounts and its network."""
    marks = {document.name}
    for provider in document.of("provider"):
        marks |= {one for one in items(provider.get("allowed_account_ids")) if isinstance(one, str)}
    words = re.compile("|".join(rf"(?<![A-Za-z0-9]){re.escape(one)}(?![A-Za-z0-9])" for one in sorted(marks)))
    networks = [block(vpc.get("cidr_block")) for vpc in document.of("aws_vpc")]
    return Place(words, next((one for one in networks if one is not None), None))
