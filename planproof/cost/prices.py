"""The dated table of prices, each with where it was read.

Grade A is a SKU of the AWS Price List, B the test data of a maintained estimator, C another public page,
D derived. A price that is not in the table for a region is unknown there: it is never taken from another.
"""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from planproof.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS: Final = ("service", "sku", "unit", "region", "usd", "grade", "as_of", "source")
GRADES: Final = frozenset("ABCD")


class Price(Struct, frozen=True):
    """What one unit costs in one region; `as_of` is a date or "unknown"."""

    service: str
    sku: str
    unit: str
    region: str
    usd: Decimal
    grade: Literal["A", "B", "C", "D"]
    as_of: str
    source: str


class Prices(Struct, frozen=True, dict=True):
    """Every price by service, SKU and region."""

    table: Mapping[tuple[str, str, str], Price]

    def find(self, service: str, sku: str, region: str) -> Price | None:
        """Give the price in this very region, or None."""
        return self.table.get((service, sku, region))

    def elsewhere(self, service: str, sku: str) -> tuple[Price, ...]:
        """Give the prices of other regions, to be named and never to be used."""
        return tuple(self._regions.get((service, sku), ()))

    @cached_property
    def _regions(self) -> Mapping[tuple[str, str], list[Price]]:
        found: dict[tuple[str, str], list[Price]] = {}
        for (service, sku, _), price in sorted(self.table.items()):
            found.setdefault((service, sku), []).append(price)
        return found


@cache
def load() -> Prices:
    """Read the table that comes with this package."""
    with (Path(__file__).parent / "prices.csv").open(encoding="utf-8") as file:
        return parse(file, "planproof/cost/prices.csv")


def parse(lines: Iterable[str], where: str) -> Prices:
    """Read a table; raise UserError naming every line that cannot be used."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise UserError(
            f"{where} cannot be used",
            f"line 1: expected the columns {', '.join(COLUMNS)}, got {', '.join(reader.fieldnames or ())}",
            hint="put the columns in this order",
        )
    table: dict[tuple[str, str, str], Price] = {}
    problems = []
    for row in reader:
        price = _price(row)
        if isinstance(price, str):
            problems.append(f"line {reader.line_num}: {price}")
        elif table.setdefault((price.service, price.sku, price.region), price) is not price:
            problems.append(f"line {reader.line_num}: {price.service} {price.sku} {price.region} is there twice")
    if problems:
        raise UserError(f"{where} cannot be used", *problems, hint="each price needs one line with its source")
    return Prices(table)


def _price(row: Mapping[str, str | None]) -> Price | str:
    missing = [name for name in COLUMNS if not row.get(name)]
    if missing:
        return f"{', '.join(missing)} is missing"
    text = {name: str(row[name]) for name in COLUMNS}
    try:
        usd = Decimal(text["usd"])
    except InvalidOperation:
        return f"usd: expected a number, got {text['usd']}"
    if not usd.is_finite() or usd < 0:
        return f"usd: expected zero or more, got {text['usd']}"
    if text["grade"] not in GRADES:
        return f"grade: expected A, B, C or D, got {text['grade']}"
    return Price(
        service=text["service"],
        sku=text["sku"],
        unit=text["unit"],
        region=text["region"],
        usd=usd,
        grade=text["grade"],  # type: ignore[arg-type] # checked above
        as_of=text["as_of"],
        source=text["source"],
    )
