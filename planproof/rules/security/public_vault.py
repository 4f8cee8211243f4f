"""A backup vault can be read, filled or emptied by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.policies import has_policy, must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_backup_vault_policy",),
    why="A stranger restores our backups into his own account.",
    fix="Name the account that copies backups; modules.backup writes a policy that only denies.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html",
    controls=("pci-dss-4.0.1/7.3.3", "pci-dss-4.0.1/9.4.1.1"),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": "*", "Action": "backup:CopyIntoBackupVault", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "backup:CopyIntoBackupVault", "Resource": "*"},
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "backup:CopyIntoBackupVault",
                "Resource": "*",
                "Condition": {"StringLike": {"aws:SourceArn": "*"}},
            },
            at="policy.Statement.0.Principal",
            on=has_policy("policy"),
        ),
    ),
)
