"""No policy stands before the backups of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY: Final = "aws_backup_vault_policy"


def _named(document: Document) -> frozenset[str]:
    """The vaults that a policy names outright."""
    return frozenset(str(one.get("backup_vault_name")) for one in document.of(POLICY))


def check(vault: Resource, document: Document) -> Iterator[Outcome]:
    """What the policy says is public-vault's; here it only has to be there."""
    pointing = any(document.target(one, "backup_vault_name") is vault for one in document.referrers(vault, POLICY))
    if not pointing and str(vault.get("name")) not in document.once(_named):
        yield Violation(POLICY, "a policy of this vault", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_backup_vault",),
    why="A stolen role with broad permissions deletes the last good copies; a policy that denies it is asked first.",
    fix="Build the vault with modules.backup, whose policy denies deletion to everybody.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html",
    controls=("pci-dss-4.0.1/10.3.2",),
    check=check,
    mutations=(Removal(POLICY, at=POLICY),),
)
