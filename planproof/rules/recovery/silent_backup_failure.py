"""A backup fails and nobody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, items
from planproof.reading.backups import stored
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_backup_vault_notifications"
EVENT: Final = "BACKUP_JOB_FAILED"


def check(vault: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the vaults that a plan of this region writes to; copies are told of by their source."""
    if not any(where is vault for where, _ in stored(document, copies=False)):
        return
    told = [one for one in document.referrers(vault, PATH) if document.target(one, "backup_vault_name") is vault]
    if not told:
        yield Violation(PATH, "notifications of this vault", found="none")
    for one in told:
        events = items(one.get("backup_vault_events"))
        if EVENT not in events and "BACKUP_JOB_COMPLETED" not in events:
            yield Violation("backup_vault_events", f"{EVENT} among the events", resource=one)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_backup_vault",),
    why="That backups stopped in spring is found out in autumn, when one is needed.",
    fix="Build the plan with modules.backup.Backup, which tells the alerts topic of failed jobs.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=(
        Removal(PATH, at=PATH),
        Mutation("backup_vault_events", ["RESTORE_JOB_COMPLETED"], PATH, at="backup_vault_events"),
    ),
)
