"""A vault's lock refuses the backups of its own plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.reading.backups import stored
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


MOST: Final = "max_retention_days"
LEAST: Final = "min_retention_days"


def check(lock: Resource, document: Document) -> Iterator[Outcome]:
    """What plans keep in the vault lies between the lock's least and most days."""
    vault = document.target(lock, "backup_vault_name")
    if vault is None:
        return
    days = [kept for where, kept in stored(document) if where is vault and isinstance(kept, int)]
    if days:
        yield from must(
            lock, MOST, at_least=max(days), default=max(days), expected=f"at least the {max(days)} days of a plan"
        )
        yield from must(lock, LEAST, at_most=min(days), default=0, expected=f"at most the {min(days)} days of a plan")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_backup_vault_lock_configuration",),
    why="Every backup job fails, and nobody notices before a restore is needed.",
    fix="Keep backup.retention_days between the limits that modules.backup.Backup gives the lock.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
    controls=(),
    check=check,
    mutations=(Mutation(MOST, 8), Mutation(LEAST, 91)),
)
