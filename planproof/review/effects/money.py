"""What the plan does to the monthly bill."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from planproof.cost.summary import cents
from planproof.review.bill import bill
from planproof.review.effect import Effect, Kind

if TYPE_CHECKING:
    from planproof.review.plan import Plan


def find(plan: Plan) -> Iterator[Effect]:
    """One effect for the whole plan, when the bill changes."""
    cost = bill(plan)
    if cost.unpriced:
        text = f"no price is known for {', '.join(cost.unpriced)}: not in the sums"
        yield Effect(Kind.COST_UNKNOWN, text, subject="monthly cost")
    if cost.difference == Decimal(0):
        return
    sums = f"{cents(cost.before)} USD a month before, {cents(cost.after)} after"
    way = "more" if cost.difference > 0 else "less"
    text = f"{cents(abs(cost.difference))} USD a month {way}: {sums}"
    kind = (
        Kind.COST_DOWN
        if cost.difference < 0
        else Kind.COST_UP
        if cost.exceeds and not plan.starts
        else Kind.COST_WITHIN
    )
    yield Effect(kind, text, subject="monthly cost")
