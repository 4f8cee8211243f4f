"""What the environment may cost, and who hears of it before it does."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.budgets_budget import BudgetsBudget, BudgetsBudgetNotification
from constructs import Construct

from environments.operations import BudgetSettings
from modules.deployment import Deployment
from modules.topic import Topic


class Budget(Construct):
    """One monthly budget of the account, with an alert on the forecast and one on the fact."""

    def __init__(
        self, scope: Construct, id: str, *, deployment: Deployment, settings: BudgetSettings, topic: Topic
    ) -> None:
        super().__init__(scope, id)
        BudgetsBudget(
            self,
            "budget",
            name=deployment.name(id),
            budget_type="COST",
            limit_amount=str(settings.monthly_limit_usd),
            limit_unit="USD",
            time_unit="MONTHLY",
            notification=[
                BudgetsBudgetNotification(
                    notification_type=kind,
                    comparison_operator="GREATER_THAN",
                    threshold=threshold,
                    threshold_type="PERCENTAGE",
                    subscriber_sns_topic_arns=[topic.arn],
                )
                for kind, threshold in (("FORECASTED", settings.forecast_alert_percent), ("ACTUAL", 100))
            ],
        )
