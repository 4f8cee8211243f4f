"""The monthly cost of a plan before and after, from the dated price table."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.cost.estimate import Estimate, estimate
from planproof.cost.prices import load

if TYPE_CHECKING:
    from planproof.review.plan import Plan

LIMIT_PERCENT: Final = 10
Key = tuple[str, str, str]
"""Origin, address, and what is billed."""


class Bill(Struct, frozen=True):
    """USD a month, on demand, before tax and discounts; by resource where it differs."""

    before: Decimal
    after: Decimal
    parts: tuple[tuple[str, Decimal], ...]
    unpriced: tuple[str, ...]
    percent: int = LIMIT_PERCENT

    @property
    def difference(self) -> Decimal:
        """How much more it costs; below zero when it costs less."""
        return self.after - self.before

    @property
    def exceeds(self) -> bool:
        """Whether it costs more by more than the limit in per cent of what it cost before."""
        return self.difference * 100 > self.before * self.percent


@lru_cache(maxsize=8)
def bill(plan: Plan) -> Bill:
    """The bill of one plan. What has no price before or after is named, and counted neither before nor after."""
    prices = load()
    sides = (_lines(estimate(plan.before, prices)), _lines(estimate(plan.after, prices)))
    hidden = {key for side in sides for key, amount in side.items() if amount is None}
    was, will = (
        {key: amount for key, amount in side.items() if amount is not None and key not in hidden} for side in sides
    )
    parts: dict[str, Decimal] = defaultdict(Decimal)
    for (origin, _, _), amount in will.items():
        parts[origin] += amount
    for (origin, _, _), amount in was.items():
        parts[origin] -= amount
    changed = [(name, amount) for name, amount in parts.items() if amount]
    changed.sort(key=lambda part: (-abs(part[1]), part[0]))
    unpriced = sorted({what for _, address, what in hidden if address in plan.by_address})
    percent = plan.settings.section("review").get("cost_percent", LIMIT_PERCENT)
    before, after = (sum(side.values(), Decimal(0)) for side in (was, will))
    return Bill(before, after, tuple(changed), tuple(unpriced), percent)


def _lines(found: Estimate) -> dict[Key, Decimal | None]:
    """What each resource costs, by what it is billed for; None when a part of it has no price."""
    sums: dict[Key, Decimal | None] = {}
    for line in found.lines:
        key = (line.resource.origin, line.resource.address, line.what)
        if line.kind in {"unpriced", "unknown"}:
            sums[key] = None
        elif line.monthly is not None and sums.get(key, Decimal(0)) is not None:
            sums[key] = (sums.get(key) or Decimal(0)) + line.monthly
    return sums
