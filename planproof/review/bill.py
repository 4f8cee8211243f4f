"""The monthly cost of a plan before and after, from the dated price table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planproof.cost.estimate import Estimate, estimate
from planproof.cost.prices import load

if TYPE_CHECKING:
    from planproof.review.plan import Plan

LIMIT_PERCENT: Final = 10


@dataclass(frozen=True, slots=True)
class Bill:
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
    """The bill of one plan; what has no price is named, and in neither sum."""
    prices = load()
    before, after = estimate(plan.before, prices), estimate(plan.after, prices)
    was, will = _by_resource(before), _by_resource(after)
    parts = {name: will.get(name, Decimal(0)) - was.get(name, Decimal(0)) for name in {*was, *will}}
    changed = [(name, amount) for name, amount in parts.items() if amount]
    changed.sort(key=lambda part: (-abs(part[1]), part[0]))
    unpriced = {
        line.what
        for one in (before, after)
        for line in one.lines
        if line.kind in {"unpriced", "unknown"} and line.resource.address in plan.by_address
    }
    percent = plan.settings.section("review").get("cost_percent", LIMIT_PERCENT)
    return Bill(before.total, after.total, tuple(changed), tuple(sorted(unpriced)), percent)


def _by_resource(found: Estimate) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in found.lines:
        if line.monthly is not None:
            sums[line.resource.origin] += line.monthly
    return sums
