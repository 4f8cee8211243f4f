"""Backups are not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """A key that we can withdraw, not one of AWS."""
    yield from must_use_our_key(store, "kms_key_arn", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_backup_vault",),
    why="A copy of every database is only as safe as a key that we can neither restrict nor withdraw.",
    fix="Give kms_key_arn the arn of the backup key; modules.backup does.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
    controls=("pci-dss-4.0.1/3.5.1", "pci-dss-4.0.1/9.4.1.1", "aws-fsbp/Backup.1"),
    check=check,
    mutations=(
        Mutation("kms_key_arn", ABSENT),
        Mutation("kms_key_arn", "alias/aws/some-service"),
    ),
)
