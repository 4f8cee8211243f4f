"""A backup plan keeps its backups for less than a week, or for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


LEAST_DAYS: Final = 7


def check(plan: Resource, _: Document) -> Iterator[Outcome]:
    """Every rule of the plan says an end that is not too near."""
    for rule in plan.blocks("rule"):
        path = rule.at("lifecycle.0.delete_after")
        yield from must(plan, path, at_least=LEAST_DAYS, default=0, expected=f"at least {LEAST_DAYS} days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_backup_plan",),
    why="Backups that end too early are not there when they are needed; those that never end keep card data for ever.",
    fix="Set backup.retention_days in the environment's YAML.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html",
    controls=("pci-dss-4.0.1/3.2.1",),
    check=check,
    mutations=(
        Mutation("rule.0.lifecycle.0.delete_after", 1),
        Mutation("rule.0.lifecycle", ABSENT, at="rule.0.lifecycle.0.delete_after"),
        Mutation("rule.1.lifecycle.0.delete_after", 6),
    ),
)
