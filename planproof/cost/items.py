"""What a resource is billed for, before any price is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.document import Unknown

if TYPE_CHECKING:
    from planproof.document import Document, Resource

HOURS: Final = Decimal(730)  # a month, as AWS's calculator counts it


class Item(Struct, frozen=True):
    """A number of units of one SKU: for each hour of the month when `hourly`, else for the month.

    `quantity` is None when it is not known, and `note` then says why. `most` is the quantity when every
    automatic scaling stands at its limit.
    """

    what: str
    service: str
    sku: str
    quantity: Decimal | None
    hourly: bool
    most: Decimal | None = None
    note: str = ""


class Usage(Struct, frozen=True):
    """Something billed by use, which no configuration can tell: `driver` is what counts."""

    what: str
    driver: str


Meter = Callable[["Resource", "Document"], Iterator[Item | Usage]]
Meters = Mapping[str, Meter]


def number(resource: Resource, path: str, default: int | None = None) -> Decimal | None:
    """Read a number; None when it is unknown or no finite number."""
    value = resource.get(path, default)
    if isinstance(value, Unknown | bool):
        return None
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        return None
    return found if found.is_finite() else None


def count(value: Any) -> Decimal | None:
    """Count the entries of a list; None when their number is unknown. An unknown entry is one entry."""
    return Decimal(len(value)) if isinstance(value, list | tuple) else None


def text(resource: Resource, path: str, default: str = "") -> str:
    """Read a text, or the default when it is absent or unknown."""
    value = resource.get(path, default)
    return value if isinstance(value, str) else default


def used(what: str, driver: str) -> Meter:
    """Make the meter of something that is billed by use alone."""

    def meter(resource: Resource, document: Document) -> Iterator[Item | Usage]:
        del resource, document
        yield Usage(what, driver)

    return meter
