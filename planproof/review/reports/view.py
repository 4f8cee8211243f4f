"""What every report of a review shows: frozen data in words, with every secret covered."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof import __version__
from planproof.cost.summary import cents
from planproof.reports.view import clean, where
from planproof.review.effect import Level
from planproof.review.reviewing import ACTIONS

if TYPE_CHECKING:
    from planproof.review.effect import Effect, Kind
    from planproof.review.masking import Mask
    from planproof.review.promotion import Promotion, Step
    from planproof.review.reviewing import PlanReview, Review

DEAREST: Final = 5
ORDER: Final = ("create", "update", "replace", "delete", "forget", "no change")
VERBS: Final = {
    "create": "to create", "update": "to update", "replace": "to replace", "delete": "to delete",
    "forget": "to forget", "no change": "to move or import",
}  # fmt: skip
HEADLINES: Final = {Level.SAFE: "SAFE", Level.HUMAN: "NEEDS A HUMAN", Level.BLOCKED: "BLOCKED"}


class Line(Struct, frozen=True):
    """One effect in words. `place` is the Python file and line, `left` what is left of destroyed data."""

    where: str
    address: str
    type: str
    place: str
    file: str | None
    line: int | None
    path: str
    text: str
    left: str
    source: str
    rule: str


class Section(Struct, frozen=True):
    """The effects of one kind. `who` answers for them when they are not safe."""

    kind: str
    title: str
    level: str
    who: str
    lines: tuple[Line, ...]


class Cost(Struct, frozen=True):
    """The monthly bill in words, USD."""

    before: str
    after: str
    difference: str
    parts: tuple[tuple[str, str], ...]
    more: int
    unpriced: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """One plan: headline, counts, sections, the harmless rest by action and type."""

    name: str
    source: str
    sha256: str
    level: str
    headline: str
    actions: tuple[tuple[str, int], ...]
    untouched: int
    sections: tuple[Section, ...]
    rest: tuple[tuple[str, str, int], ...]
    cost: Cost
    approvers: tuple[str, ...]

    @property
    def resting(self) -> int:
        """How many changes are harmless."""
        return sum(number for _, _, number in self.rest)

    @property
    def summary(self) -> str:
        """The counts in one line."""
        acts = ", ".join(f"{number:,} {VERBS.get(action, action)}" for action, number in self.actions)
        return f"{acts or 'no change'}; {self.untouched:,} stay as they are"

    @property
    def decision(self) -> str:
        """What may happen now, in one sentence."""
        if self.level == "blocked":
            return "This plan must not be applied."
        if self.level == "safe":
            return "Nobody needs to look at this plan."
        return f"To be approved by {_and(self.approvers)}."


class Crossing(Struct, frozen=True):
    """A promotion in words."""

    earlier: str
    later: str
    untried: tuple[str, ...]
    standing: int
    missing: tuple[str, ...]
    shared: int


class Page(Struct, frozen=True):
    """The whole review."""

    version: str
    level: str
    headline: str
    sheets: tuple[Sheet, ...]
    crossings: tuple[Crossing, ...]


def page(review: Review) -> Page:
    """The review in words."""
    return Page(
        version=__version__,
        level=review.level.value,
        headline=HEADLINES[review.level],
        sheets=tuple(_sheet(one, review) for one in review.plans),
        crossings=tuple(_crossing(one, review.mask) for one in review.promotions),
    )


def _sheet(one: PlanReview, review: Review) -> Sheet:
    mask, name = review.mask, one.plan.name
    kinds: dict[Kind, list[Effect]] = {}
    for effect in one.effects:
        kinds.setdefault(effect.kind, []).append(effect)
    sections = tuple(
        Section(
            kind=kind.id,
            title=kind.value,
            level=review.policy.level(kind, name).value,
            who="" if review.policy.level(kind, name) is Level.SAFE else review.policy.approver(kind),
            lines=tuple(_line(effect, mask) for effect in effects),
        )
        for kind, effects in sorted(kinds.items(), key=lambda pair: pair[0].rank)
    )
    rest = Counter((ACTIONS.get(change.actions, "+".join(change.actions)), change.type) for change in one.rest)
    return Sheet(
        name=clean(name),
        source=clean(one.plan.source),
        sha256=one.plan.sha256,
        level=one.verdict.level.value,
        headline=HEADLINES[one.verdict.level],
        actions=tuple((action, one.actions[action]) for action in (*ORDER, *sorted(set(one.actions) - {*ORDER}))
                      if one.actions.get(action)),
        untouched=one.plan.untouched,
        sections=sections,
        rest=tuple((action, kind, number) for (action, kind), number in sorted(rest.items())),
        cost=_cost(one, mask),
        approvers=one.verdict.approvers,
    )  # fmt: skip


def _line(effect: Effect, mask: Mask) -> Line:
    one = effect.concerns

    def covered(text: str) -> str:
        return clean(mask(text))

    return Line(
        where=covered(effect.where),
        address=covered(one.address) if one is not None else "",
        type=one.type if one is not None else "",
        place=where(one.file, one.line) if one is not None else "",
        file=one.file if one is not None else None,
        line=one.line if one is not None else None,
        path=covered(effect.path),
        text=covered(effect.text),
        left=covered(effect.guard),
        source=effect.source,
        rule=effect.rule,
    )


def _cost(one: PlanReview, mask: Mask) -> Cost:
    bill = one.bill
    parts = tuple((clean(mask(name)), signed(amount)) for name, amount in bill.parts[:DEAREST])
    return Cost(
        before=cents(bill.before),
        after=cents(bill.after),
        difference=signed(bill.difference),
        parts=parts,
        more=max(len(bill.parts) - DEAREST, 0),
        unpriced=bill.unpriced,
    )


def signed(amount: Decimal) -> str:
    """An amount in USD with its sign; nothing is 0.00."""
    return f"+{cents(amount)}" if amount > 0 else cents(amount)


def _crossing(one: Promotion, mask: Mask) -> Crossing:
    return Crossing(
        earlier=clean(one.earlier),
        later=clean(one.later),
        untried=tuple(_step(step, mask) for step in one.untried if not step.standing),
        standing=sum(step.standing for step in one.untried),
        missing=tuple(_step(step, mask) for step in one.missing if not step.standing),
        shared=one.shared,
    )


def _step(step: Step, mask: Mask) -> str:
    paths = f" ({', '.join(step.paths[:3])}{', ...' if len(step.paths) > 3 else ''})" if step.paths else ""  # noqa: PLR2004
    return clean(mask(f"{step.action} {step.type} {step.origin}{paths}"))


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
