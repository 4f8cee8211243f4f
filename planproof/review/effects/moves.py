"""What changes hands without being changed: imports, moves, and what Terraform lets go of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planproof.review.effect import Effect, Kind
from planproof.review.stores import STORES

if TYPE_CHECKING:
    from planproof.review.plan import Plan

IMPORT = "https://developer.hashicorp.com/terraform/language/import"
MOVED = "https://developer.hashicorp.com/terraform/language/modules/develop/refactoring"
REMOVED = "https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources"


def find(plan: Plan) -> Iterator[Effect]:
    """Each import, move and forgotten resource."""
    for change in plan.changes:
        if change.imported:
            yield Effect(Kind.IMPORTED, f"{change.imported} is taken over as it is", change, source=IMPORT)
        if change.moved_from:
            yield Effect(Kind.MOVED, f"it was {change.moved_from}; nothing of it changes hands", change, source=MOVED)
        if change.forgets:
            text = "Terraform lets go of it: it stays in the account, paid for, and nobody looks after it"
            yield Effect(Kind.FORGOTTEN, text, change, source=REMOVED)
            if change.type in STORES:
                text = f"no code looks after {STORES[change.type].holds}: backups, encryption, deletion protection"
                yield Effect(Kind.PROTECTION_REMOVED, text, change, source=REMOVED)
