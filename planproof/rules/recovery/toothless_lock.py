"""A vault's lock does not say how long a backup lives at least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_DAYS: Final = 7


def check(lock: Resource, _: Document) -> Iterator[Outcome]:
    """A week is the least; that the plans keep within the lock is backup-refused-by-lock's."""
    yield from must(lock, "min_retention_days", at_least=LEAST_DAYS, default=0, expected=f"at least {LEAST_DAYS} days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_backup_vault_lock_configuration",),
    why="Whoever changes the plan to keep backups for a day empties a locked vault by waiting.",
    fix="Build the vault with modules.backup, which gives the lock its least days.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
    controls=("pci-dss-4.0.1/10.3.2",),
    check=check,
    mutations=(Mutation("min_retention_days", ABSENT), Mutation("min_retention_days", 1)),
)
