"""The monthly cost of an environment: each line with its quantity, unit, price and source.

Prices are on demand, before tax, discounts, credits and free tiers. What is billed by use is listed as such
and not estimated; what has no price in the environment's region is listed as unpriced and not counted.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from planproof.cost.free import is_free
from planproof.cost.items import HOURS, Item, Usage
from planproof.cost.meters import meters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planproof.cost.prices import Price, Prices
    from planproof.document import Document, Resource

CENT = Decimal("0.01")


class Line(Struct, frozen=True):
    """One thing that is billed. `monthly` is None unless its quantity and its price are known."""

    resource: Resource
    what: str
    kind: Literal["priced", "unpriced", "unknown", "usage"]
    region: str
    quantity: Decimal | None = None  # in units of the price: hours are multiplied in
    unit: str = ""
    price: Price | None = None
    monthly: Decimal | None = None
    most: Decimal | None = None  # when automatic scaling stands at its limit
    note: str = ""


class Estimate(Struct, frozen=True):
    """What one environment costs in a month of 730 hours."""

    environment: str
    region: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """The sum of what is priced, in USD."""
        return sum((line.monthly for line in self.lines if line.monthly is not None), Decimal(0))

    @property
    def most(self) -> Decimal:
        """The same when every automatic scaling stands at its limit, in USD."""
        amounts = (line.most if line.most is not None else line.monthly for line in self.lines)
        return sum((amount for amount in amounts if amount is not None), Decimal(0))

    def of_kind(self, kind: str) -> tuple[Line, ...]:
        """The lines of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)


def estimate(document: Document, prices: Prices) -> Estimate:
    """Estimate one document."""
    region = region_of(None, document)
    lines = [line for resource in document.resources if resource.mode == "managed"
             for line in _lines(resource, document, prices)]  # fmt: skip
    return Estimate(document.name, region, tuple(lines))


def _lines(resource: Resource, document: Document, prices: Prices) -> Iterator[Line]:
    region = region_of(resource, document)
    meter = meters().get(resource.type)
    if meter is None and is_free(resource.type):
        return
    if meter is None:
        yield Line(resource, resource.type, "unpriced", region, note="no price is known for this type")
        return
    for item in meter(resource, document):
        if isinstance(item, Usage):
            yield Line(resource, item.what, "usage", region, note=item.driver)
        else:
            yield _line(resource, item, region, prices)


def _line(resource: Resource, item: Item, region: str, prices: Prices) -> Line:
    factor = HOURS if item.hourly else Decimal(1)
    price = prices.find(item.service, item.sku, region)
    if item.quantity is None:
        note = item.note or "the quantity is not known"
        return Line(resource, item.what, "unknown", region, price=price, note=note)
    quantity = item.quantity * factor
    if price is None:
        return Line(resource, item.what, "unpriced", region, quantity, note=_without(item, region, prices))
    return Line(
        resource=resource,
        what=item.what,
        kind="priced",
        region=region,
        quantity=quantity,
        unit=price.unit,
        price=price,
        monthly=quantity * price.usd,
        most=None if item.most is None else item.most * factor * price.usd,
        note=item.note,
    )


def _without(item: Item, region: str, prices: Prices) -> str:
    others = ", ".join(f"{p.usd} USD in {p.region}" for p in prices.elsewhere(item.service, item.sku))
    name = f"{item.service} {item.sku} is not priced in {region}"
    return f"{name} ({others})" if others else name


def region_of(resource: Resource | None, document: Document) -> str:
    """Give the region of a resource's provider; "unknown" when nothing says it."""
    if resource is not None:
        own = resource.get("region")
        if isinstance(own, str):
            return own
        known = resource.get("arn")
        if isinstance(known, str) and known.count(":") > 4 and known.split(":")[3]:  # noqa: PLR2004 - of an ARN
            return known.split(":")[3]
    alias = str(resource.meta.get("provider", "")).partition(".")[2] if resource is not None else ""
    for provider in document.providers.get("aws", ()):
        region = provider.get("region")
        if provider.get("alias", "") == alias and isinstance(region, str):
            return region
    return "unknown"


def totals_by(lines: Iterable[Line]) -> tuple[tuple[str, Decimal], ...]:
    """Sum what is priced by kind of thing, the dearest first."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.monthly is not None:
            sums[line.what] = sums.get(line.what, Decimal(0)) + line.monthly
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))
