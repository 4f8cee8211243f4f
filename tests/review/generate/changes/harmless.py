"""Changes that nobody has to be asked about."""

from __future__ import annotations

from tests.review.generate.change import SAFE, change
from tests.review.generate.stack import Stack


@change(SAFE)
def nothing(stack: Stack) -> None:
    """The code is what is deployed."""
    del stack


@change(SAFE, ("updated", "aws_sqs_queue.receipts_queue"))
def one_tag(stack: Stack) -> None:
    """One queue gets one more tag."""
    stack.set("receipts/queue", tags={"Team": "receipts"})


@change(SAFE, ("updated", "aws_db_instance.database_instance"), ("updated", "aws_kms_key.data-key"))
def every_tag(stack: Stack) -> None:
    """The cost centre of everything becomes another one."""
    stack.raw["provider"]["aws"][0]["default_tags"][0]["tags"]["CostCenter"] = "PF-1300"


@change(SAFE, ("updated", "aws_cloudwatch_metric_alarm.monitoring_database-storage"))
def description(stack: Stack) -> None:
    """An alarm is described in other words."""
    stack.set("monitoring/database-storage", alarm_description="The disk of the database is nearly full.")


@change(SAFE)
def outputs(stack: Stack) -> None:
    """One output is new, one has another value, one is gone."""
    stack.raw["output"]["owner"] = {"value": "platform@payflow.example"}
    stack.raw["output"]["account_id"]["value"] = "eu-west-1/222222222222"
    del stack.raw["output"]["dashboard_name"]


@change(SAFE, ("updated", "aws_budgets_budget.budget"))
def budget_is_raised(stack: Stack) -> None:
    """The monthly limit of the budget becomes 1,800 dollars rather than 1,500."""
    stack.set("budget/budget", limit_amount="1800")


@change(
    SAFE, ("created", "aws_cloudwatch_metric_alarm.monitoring_database_swap"), ("protection-added", "database_swap")
)
def alarm_is_added(stack: Stack) -> None:
    """One more alarm watches the database."""
    alarm = {key: value for key, value in stack.part("monitoring/database-storage").items() if key != "//"}
    stack.add(
        "aws_cloudwatch_metric_alarm",
        "monitoring_database_swap",
        **{
            **alarm,
            "alarm_name": "payflow-database-swap-staging",
            "alarm_description": "The database swaps.",
            "comparison_operator": "GreaterThanThreshold",
            "metric_name": "SwapUsage",
            "statistic": "Maximum",
            "threshold": 268435456,
        },
    )
