"""Stores of data that a plan destroys or replaces, and what is left of what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planproof.reading.backups import covers
from planproof.review.effect import Effect, Kind
from planproof.review.stores import STORES

if TYPE_CHECKING:
    from planproof.review.change import Change
    from planproof.review.plan import Plan


def find(plan: Plan) -> Iterator[Effect]:
    """Each store that will be gone, or be a new and empty one."""
    for change in plan.changes:
        store = STORES.get(change.type)
        if store is None or not change.destroys:
            continue
        guard = store.guard(change.before)
        because = f", because {_and(change.replaced_for)} cannot be changed in place" if change.replaced_for else ""
        if change.replaces:
            text = (
                f"{store.holds} are not in the new one{because}"
                if _many(store.holds)
                else (f"{store.holds} is not in the new one{because}")
            )
        else:
            text = f"{store.holds} {'go' if _many(store.holds) else 'goes'} with it"
        kind = Kind.DATA_LOST if not guard else Kind.DATA_REPLACED if change.replaces else Kind.DATA_DESTROYED
        left = guard or _backup(change, plan) or "nothing: no final snapshot, no backup, no way back"
        yield Effect(kind, text, change, _first(change), guard=left, source=store.source)


def _backup(change: Change, plan: Plan) -> str:
    """Recovery points outlive what they were made of. They are no guard: what is newer is lost."""
    now = plan.now(change)
    if now is None:
        return ""
    for selection in plan.before.of("aws_backup_selection"):
        if covers(selection, now, plan.before) and change.type not in {"aws_kms_key", "aws_backup_vault"}:
            return f"the recovery points of {selection.origin}; what was written since the last of them is gone"
    return ""


def _first(change: Change) -> str:
    return change.replaced_for[0] if change.replaced_for else ""


def _many(words: str) -> bool:
    """Whether a thing is many: `the rows of the database`, not `the secret`."""
    return words.split()[1].endswith("s") and not words.startswith(("a ", "an "))


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(names)
