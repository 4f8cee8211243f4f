"""Values that nobody can review, because they are known only after apply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planproof.document import Unknown
from planproof.review.effect import Effect, Kind
from planproof.review.effects.permissions import POLICIES
from planproof.review.words import listed

if TYPE_CHECKING:
    from planproof.review.change import Change
    from planproof.review.plan import Plan

ACCESS: Final = frozenset({
    "cidr_blocks", "cidr_ipv4", "cidr_ipv6", "ipv6_cidr_blocks", "prefix_list_id", "prefix_list_ids",
    "container_definitions", "user_data", "managed_policy_arns", "policy_arn",
})  # fmt: skip
"""What decides over access or runs code; policies themselves are told by their own finder."""


def find(plan: Plan) -> Iterator[Effect]:
    """Changes of what exists whose new value somebody configured, but the plan cannot show."""
    for change in plan.changes:
        if change.creates or change.destroys or not change.updates:
            continue
        told = POLICIES.get(change.type, ())
        hidden = sorted({one.path.partition(".")[0] for one in change.differences if not one.known} - set(told))
        then = plan.then(change)
        meant = [name for name in hidden if then is not None and isinstance(then.get(name), Unknown)]
        deciding = [name for name in meant if name in ACCESS]
        if deciding:
            yield _effect(Kind.UNSEEN_ACCESS, deciding, change)
        rest = [name for name in meant if name not in ACCESS]
        if rest:
            yield _effect(Kind.UNKNOWN, rest, change)


def _effect(kind: Kind, names: list[str], change: Change) -> Effect:
    verb = "is" if len(names) == 1 else "are"
    return Effect(kind, f"{listed(names)} {verb} known only after apply", change, names[0])
