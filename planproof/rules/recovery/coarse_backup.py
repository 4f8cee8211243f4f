"""A backup plan cannot restore a point in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(plan: Resource, _: Document) -> Iterator[Outcome]:
    """One rule of the plan backs up continuously, for the 35 days that AWS allows."""
    rules = [rule for rule in plan.blocks("rule") if rule.get("enable_continuous_backup", False) is True]
    if not rules:
        yield Violation("rule", "a rule with enable_continuous_backup", found="none")
    for rule in rules:
        yield from must(plan, rule.at("lifecycle.0.delete_after"), at_most=35, default=99, expected="at most 35 days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_backup_plan",),
    why="What was paid between last night's backup and the loss is lost.",
    fix="Build the plan with modules.backup.Backup, which backs up every night and every second.",
    docs="https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("rule.1.enable_continuous_backup", ABSENT, at="rule"),
        Mutation("rule.1.lifecycle.0.delete_after", 36),
    ),
)
