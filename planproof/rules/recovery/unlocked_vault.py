"""Whoever may delete backups of production can delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.blame import in_the_last
from planproof.rule import ContractRule, Mutation, Outcome, Removal, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


LOCK: Final = "aws_backup_vault_lock_configuration"


def _locked(vault: Resource, document: Document) -> Iterator[Outcome]:
    name = vault.get("name")
    locks = document.of(LOCK)
    if not any(
        document.target(lock, "backup_vault_name") is vault or lock.get("backup_vault_name") == name for lock in locks
    ):
        yield Violation(LOCK, "a lock of this vault", found="none")


check = in_the_last(_locked, "aws_backup_vault")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="Ransomware deletes the backups first; a locked vault refuses everyone, the root user included.",
    fix="Leave backup.lock at true in the environment's YAML.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
    controls=("pci-dss-4.0.1/10.3.2",),
    check=check,
    mutations=(
        Removal(LOCK, at=LOCK, environment="prod"),
        Mutation("backup_vault_name", "another", LOCK, at=LOCK, environment="prod"),
    ),
)
