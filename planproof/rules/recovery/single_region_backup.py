"""The backups of production lie in one region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.backups import region
from planproof.reading.blame import in_the_last
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "copy_action"


def _copied(plan: Resource, document: Document) -> Iterator[Outcome]:
    home = region(plan, document)
    rules = plan.blocks("rule")
    for rule in rules:
        for position in range(len(rule.get(PATH) or ())):
            path = rule.at(f"{PATH}.{position}.destination_vault_arn")
            there = _region_of(plan, path, document)
            if there is None:
                yield Undecided(rule.at(PATH), "the region of the copy is not known")
                return
            if there != home:
                return
    yield Violation("rule.0.copy_action", f"a copy in another region than {home}", found="none")


def _region_of(plan: Resource, path: str, document: Document) -> str | None:
    vault = document.target(plan, path)
    if vault is not None:
        return region(vault, document)
    arn = plan.get(path)
    return arn.split(":")[3] if isinstance(arn, str) and arn.count(":") > 3 else None  # noqa: PLR2004 - arn:aws:service:region


check = in_the_last(_copied, "aws_backup_plan")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="The loss of one region is the loss of the ledger.",
    fix="Name backup.copy_region in the environment's YAML.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
    controls=("pci-dss-4.0.1/9.4.1.1",),
    check=check,
    mutations=(
        Mutation("rule.0.copy_action", ABSENT, "aws_backup_plan", environment="prod"),
        Mutation(
            "rule.0.copy_action.0.destination_vault_arn",
            "arn:aws:backup:eu-west-1:333333333333:backup-vault:near",
            "aws_backup_plan",
            at="rule.0.copy_action",
            environment="prod",
        ),
    ),
)
