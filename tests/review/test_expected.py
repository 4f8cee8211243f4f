"""Every stored plan is in the right class, with the right reason, and with the right verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planproof.review.effect import Kind, Level
from tests.review.expected import EXPECTED, PROMOTIONS, Expected, Promotion
from tests.review.reviews import review_of, review_of_all

if TYPE_CHECKING:
    from planproof.review.plan import Plan
    from planproof.review.reviewing import PlanReview

pytestmark = pytest.mark.slow

KINDS: dict[str, set[Kind]] = {
    "data-destroyed": {Kind.DATA_DESTROYED, Kind.DATA_LOST},
    "data-replaced": {Kind.DATA_REPLACED, Kind.DATA_LOST},
    "protection-removed": {Kind.PROTECTION_REMOVED},
    "protection-added": {Kind.PROTECTION_ADDED},
    "downtime": {Kind.DOWNTIME},
    "access-widened": {Kind.ACCESS_WIDENED, Kind.OPENED, Kind.UNSEEN_ACCESS},
    "access-narrowed": {Kind.ACCESS_NARROWED},
    "drift": {Kind.DRIFT},
    "drift-noise": {Kind.DRIFT_NOISE},
    "imported": {Kind.IMPORTED},
    "moved": {Kind.MOVED},
    "forgotten": {Kind.FORGOTTEN},
    "secret": {Kind.SECRET},
    "unknown": {Kind.UNKNOWN, Kind.UNSEEN_ACCESS},
}
ACTIONS = {"created": "create", "replaced": "replace", "deleted": "delete", "updated": "update"}
LEVELS = {"safe": Level.SAFE, "human": Level.HUMAN, "blocked": Level.BLOCKED}


def told(review: PlanReview) -> set[tuple[str, str]]:
    """Everything a review says, as pairs of class and the names of what it is said of."""
    found: set[tuple[str, str]] = set()
    for effect in review.effects:
        names = (
            effect.where if effect.change is None else f"{effect.where} {effect.change.address} {effect.change.origin}"
        )
        found |= {(name, names) for name, kinds in KINDS.items() if effect.kind in kinds}
    addresses = {one.origin: one.address for one in review.plan.changes}
    for origin, amount in review.bill.parts:
        name = "cost-up" if amount > 0 else "cost-down"
        found |= {(name, about) for about in (f"{origin} {addresses.get(origin, '')}", *sized(review.plan, origin))}
    for change in review.plan.changes:
        action = "replace" if change.replaces else change.actions[0]
        found |= {(name, f"{change.address} {change.origin}") for name, act in ACTIONS.items() if act == action}
    return found


def sized(plan: Plan, origin: str) -> list[str]:
    """What decides how much of a resource is billed: the task of a service, the limits of its scaling."""
    found: list[str] = []
    for document in (plan.before, plan.after):
        for one in document.resources:
            if one.origin == origin:
                found += [reference.address for reference in one.references()]
                found += [other.address for other in document.referrers(one)]
    return found


def named(review: PlanReview, effect: tuple[str, str]) -> bool:
    """Whether a review names an effect of a class on something whose address or path holds a text."""
    return any(name == effect[0] and effect[1] in names for name, names in told(review))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one.name)
def test_a_plan_is_in_the_right_class_for_the_right_reason(expected: Expected) -> None:
    """What a platform engineer would want to be told of a change stands in its review, and decides the verdict."""
    review = review_of(expected.name, expected.environment).plans[0]

    missing = [effect for effect in expected.effects if not named(review, effect)]
    said = "\n".join(f"{one.kind.id} | {one.where} | {one.path} | {one.text}" for one in review.effects)
    assert not missing, f"{expected.story}\nnot told: {missing}\nsaid:\n{said}"
    assert review.verdict.level is LEVELS[expected.verdict], f"{expected.story}\nsaid:\n{said}"


@pytest.mark.parametrize("promotion", PROMOTIONS, ids=lambda one: one.story[:40])
def test_what_prod_gets_that_staging_never_ran(promotion: Promotion) -> None:
    """A release that was not rehearsed in staging is seen before it reaches the payments of real customers."""
    review = review_of_all(promotion.plans)
    last = review.promotions[-1]
    untried = {step.type for step in last.untried if not step.standing}
    missing = {step.type for step in last.missing}

    assert (last.earlier, last.later) == ("staging", "prod")
    assert {address.partition(".")[0] for _, address in promotion.only_in_prod} <= untried
    assert {address.partition(".")[0] for _, address in promotion.not_in_prod} <= missing
    if not promotion.only_in_prod:
        assert not untried
    if not promotion.not_in_prod:
        assert [step for step in last.missing if not step.standing] == []
