"""Several environments of one change side by side: what the next one gets that the one before it never ran."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planproof.review.change import Change
    from planproof.review.plan import Plan

ACTS: Final[Mapping[tuple[str, ...], str]] = {("delete", "create"): "replace", ("create", "delete"): "replace"}


class Step(Struct, frozen=True):
    """A change that one environment makes and its neighbour does not."""

    origin: str
    action: str
    type: str
    paths: tuple[str, ...]
    standing: bool = False


class Promotion(Struct, frozen=True):
    """Two neighbouring environments: `untried` the later never saw tried, `missing` it does not get."""

    earlier: str
    later: str
    untried: tuple[Step, ...]
    missing: tuple[Step, ...]
    shared: int


def promotions(plans: Sequence[Plan]) -> tuple[Promotion, ...]:
    """Each environment against the one before it, in the order of planproof.yaml."""
    return tuple(_between(first, second) for first, second in pairwise(plans))


def _between(first: Plan, second: Plan) -> Promotion:
    tried, planned = _steps(first), _steps(second)
    untried = [
        Step(step.origin, step.action, step.type, step.paths, standing=_stands(change, first))
        for key, (step, change) in planned.items()
        if key not in tried
    ]
    missing = [
        Step(step.origin, step.action, step.type, step.paths, standing=_stands(change, second))
        for key, (step, change) in tried.items()
        if key not in planned
    ]
    shared = len(tried.keys() & planned.keys())
    return Promotion(first.name, second.name, tuple(untried), tuple(missing), shared)


def _steps(plan: Plan) -> dict[tuple[Any, ...], tuple[Step, Change]]:
    """What the plan does, without what only names the environment."""
    return {
        (change.address, step.action, step.paths): (step, change)
        for change in plan.changes
        for step in _step(change, plan.name)
    }


def _step(change: Change, environment: str) -> Iterator[Step]:
    action = ACTS.get(change.actions, change.actions[0] if change.actions else "")
    if change.moved_from and action == "no-op":
        action = "move"
    if change.imported and action == "no-op":
        action = "import"
    paths = () if action in {"create", "delete"} else tuple(sorted({_plain(one.path) for one in change.differences}))
    yield Step(change.origin.removeprefix(f"{environment}/"), action, change.type, paths)


def _plain(path: str) -> str:
    return ".".join(step for step in path.split(".") if not step.isdecimal())


def _stands(change: Change, plan: Plan) -> bool:
    """Whether the other environment is already as this change leaves this one: it ran there before."""
    other = plan.before.resource(change.address)
    if other is None or change.deletes:
        return False  # whether the other one ever had it, nobody can tell
    if change.creates:
        return True
    known = [one for one in change.differences if one.known]
    held: dict[str, Any] = {}
    for one in known:
        held[one.path] = other.get(one.path)
    return bool(known) and all(held[one.path] == one.after for one in known)


def kinds(steps: Sequence[Step]) -> tuple[tuple[str, int], ...]:
    """How many of each action, the most first."""
    return tuple(sorted(Counter(step.action for step in steps).items(), key=lambda one: (-one[1], one[0])))
