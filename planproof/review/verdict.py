"""The verdict on one plan or on several: safe, needs a human, or blocked; each with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.review.effect import Effect, Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planproof.review.policy import Policy

EXIT: Final = {Level.SAFE: 0, Level.HUMAN: 3, Level.BLOCKED: 1}
ORDER: Final = (Level.SAFE, Level.HUMAN, Level.BLOCKED)


class Reason(Struct, frozen=True):
    """One effect that asks for somebody, and for whom."""

    effect: Effect
    level: Level
    who: str


class Verdict(Struct, frozen=True):
    """What may happen with a plan."""

    level: Level
    reasons: tuple[Reason, ...]

    @property
    def exit_code(self) -> int:
        """0 safe, 3 needs a human, 1 blocked."""
        return EXIT[self.level]

    @property
    def approvers(self) -> tuple[str, ...]:
        """Everybody whose word is needed, each once."""
        return tuple(dict.fromkeys(one.who for one in self.reasons if one.level is Level.HUMAN))


def verdict_of(effects: Iterable[Effect], environment: str, policy: Policy) -> Verdict:
    """The strongest level of any effect, and every effect that is not safe."""
    reasons = []
    for effect in effects:
        level = policy.level(effect.kind, environment)
        if level is not Level.SAFE:
            reasons.append(Reason(effect, level, policy.approver(effect.kind)))
    reasons.sort(key=lambda one: -ORDER.index(one.level))
    return Verdict(worst(one.level for one in reasons), tuple(reasons))


def worst(levels: Iterable[Level]) -> Level:
    """The strongest of some levels; safe when there is none."""
    return max(levels, key=ORDER.index, default=Level.SAFE)
