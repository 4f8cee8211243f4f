"""The environment costs more than its budget.

Only what has a known price counts, so the true cost is higher: usage and unpriced parts come on top.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planproof.cost.estimate import estimate
from planproof.cost.items import number
from planproof.cost.prices import load
from planproof.cost.summary import cents
from planproof.document import Unknown
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.cost.estimate import Estimate
    from planproof.document import Document, Resource

MONTHS: Final = {"DAILY": Decimal(12) / Decimal(365), "MONTHLY": Decimal(1), "QUARTERLY": Decimal(3),
                 "ANNUALLY": Decimal(12)}  # fmt: skip
SIZES: Final = ("engine", "instance_class", "instance_type", "node_type")
PATH: Final = "limit_amount"


def check(budget: Resource, document: Document) -> Iterator[Outcome]:
    """Compare a budget of all costs with the estimate for its period."""
    if budget.get("budget_type") != "COST" or budget.get("cost_filter") is not None:
        return
    limit = number(budget, PATH)
    months = MONTHS.get(str(budget.get("time_unit")))
    if limit is None or months is None:
        yield Undecided(PATH, "the limit of the budget is not known")
        return
    expected = document.once(_estimate).total * months
    if expected > limit:
        yield Violation(PATH, f"at least {cents(expected)} USD, what is priced of this environment")
        return
    hidden = document.once(_hidden)
    if hidden is not None:
        yield Undecided(PATH, f"what {hidden.address} costs is not known")


def _estimate(document: Document) -> Estimate:
    return estimate(document, load())


def _hidden(document: Document) -> Resource | None:
    """The first resource that has no price because its size or their number is not known."""
    for line in document.once(_estimate).lines:
        sizes = (line.resource.get(name) for name in SIZES) if line.kind == "unpriced" else ()
        if line.kind == "unknown" or any(isinstance(size, Unknown) for size in sizes):
            return line.resource
    return None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_budgets_budget",),
    why="The alert comes in the first month, is then ignored, and the next surprise is not seen.",
    fix="Run planproof cost to see what is dear; take it out, or agree on a higher budget.monthly_limit_usd.",
    docs="https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
    controls=(),
    check=check,
    mutations=(
        Mutation(PATH, "100"),
        Mutation("instance_class", "db.r6g.large", type="aws_db_instance", at=PATH, environment="specimen"),
    ),
    specimen={
        "provider": {"aws": [{"region": "eu-west-1"}]},
        "resource": {
            "aws_budgets_budget": {
                "all": {"budget_type": "COST", "time_unit": "MONTHLY", PATH: "110", "limit_unit": "USD"}
            },
            "aws_db_instance": {
                "ledger": {
                    "engine": "postgres",
                    "instance_class": "db.t4g.medium",
                    "multi_az": True,
                    "storage_type": "gp3",
                    "allocated_storage": 20,
                }
            },
        },
    },
)
