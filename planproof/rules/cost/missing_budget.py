"""The environment has no budget with an alert on the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.document import ABSENT
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PATH = "aws_budgets_budget"
BILLED = ("aws_db_instance", "aws_ecs_service", "aws_nat_gateway", "aws_lb", "aws_elasticache_replication_group")


def check(stack: Resource, document: Document) -> Iterator[Outcome]:
    """Ask an environment that runs something dear; a stack of buckets needs none."""
    del stack
    budgets = document.of(PATH)
    if not document.of(*BILLED):
        return
    if not budgets:
        yield Violation(PATH, "a budget of the environment")
        return
    blocks = [block for budget in budgets for block in budget.blocks("notification")]
    if not any(_warns(block) for block in blocks):
        yield Violation("notification", "a notification on FORECASTED cost with a subscriber", resource=budgets[0])


def _warns(block: Any) -> bool:
    told = block.get("subscriber_email_addresses") is not None or block.get("subscriber_sns_topic_arns") is not None
    return bool(block.get("notification_type") == "FORECASTED") and told


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("stack",),
    why="A forgotten loop or a stolen key costs thousands before the bill comes at the end of the month.",
    fix="Build the environment with modules.budget.Budget, which warns of the forecast.",
    docs="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html",
    controls=(),
    check=check,
    mutations=(
        Removal("aws_budgets_budget", at=PATH),
        Mutation("notification", ABSENT, type="aws_budgets_budget", at="notification"),
    ),
)
