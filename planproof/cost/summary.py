"""An estimate grouped for readers: what costs how much, side by side for several environments."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planproof.cost.estimate import Estimate, Line
    from planproof.cost.prices import Price

CENT: Final = Decimal("0.01")
WIDE: Final = Context(prec=400, rounding=ROUND_HALF_UP)
"""Room for any number that a document can hold."""
TERMS: Final = (
    "On demand, 730 hours, before tax, discounts, credits and free tiers.",
    "What is billed by use is not estimated and not in the total.",
    "Price grades: A AWS Price List, B a maintained estimator's test data, C another public page, D derived.",
)


class Group(Struct, frozen=True):
    """The lines of one kind of thing at one price."""

    what: str
    price: Price
    things: int
    quantity: Decimal
    monthly: Decimal


class Row(Struct, frozen=True):
    """One kind of thing in each environment; None where it is not there or has no price."""

    what: str
    amounts: tuple[Decimal | None, ...]


def cents(amount: Decimal) -> str:
    """Write an amount in USD with two places and thousands."""
    return f"{amount.quantize(CENT, context=WIDE):,}"


def plain(amount: Decimal) -> str:
    """Write a quantity or a unit price without needless zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def groups(estimate: Estimate) -> tuple[Group, ...]:
    """Group what is priced, the dearest first."""
    found: dict[tuple[str, Price], list[Line]] = {}
    for line in estimate.of_kind("priced"):
        if line.price is not None:
            found.setdefault((line.what, line.price), []).append(line)
    made = [
        Group(
            what=what,
            price=price,
            things=len(lines),
            quantity=sum((line.quantity or Decimal(0) for line in lines), Decimal(0)),
            monthly=sum((line.monthly or Decimal(0) for line in lines), Decimal(0)),
        )
        for (what, price), lines in found.items()
    ]
    return tuple(sorted(made, key=lambda group: (-group.monthly, group.what)))


def by_use(estimate: Estimate) -> tuple[tuple[str, str, int], ...]:
    """List what is billed by use: what, by what it is counted, and how many there are."""
    found: dict[tuple[str, str], int] = {}
    for line in estimate.of_kind("usage"):
        found[line.what, line.note] = found.get((line.what, line.note), 0) + 1
    return tuple((what, driver, number) for (what, driver), number in sorted(found.items()))


def compare(estimates: Sequence[Estimate]) -> tuple[Row, ...]:
    """Put the environments side by side, the dearest kind of the last one first."""
    sums = [_sums(estimate.lines) for estimate in estimates]
    names = dict.fromkeys(what for one in sums for what in one)
    rows = [Row(what, tuple(one.get(what) for one in sums)) for what in names]
    return tuple(sorted(rows, key=lambda row: (*(-(a or Decimal(0)) for a in reversed(row.amounts)), row.what)))


def _sums(lines: Iterable[Line]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.monthly is not None:
            found[line.what] = found.get(line.what, Decimal(0)) + line.monthly
    return found
