"""Budgets and Cost Explorer: who is told when the bill grows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal, tag_list

NOTIFICATION = {
    "NotificationType": "FORECASTED",
    "ComparisonOperator": "GREATER_THAN",
    "Threshold": 80.0,
    "ThresholdType": "PERCENTAGE",
}
MAIL = {"SubscriptionType": "EMAIL", "Address": "finance@example.com"}
TOPIC = {"SubscriptionType": "SNS", "Address": "arn:aws:sns:eu-central-1:123456789012:cost"}


def budget_of(amount: str) -> dict[str, Any]:
    """Give a monthly budget."""
    return {
        "BudgetName": "monthly",
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {"Amount": amount, "Unit": "USD"},
    }


@pytest.fixture
def budgets(account: Account) -> Any:
    """A client for an account with a budget that mails a forecast."""
    client = account.client("budgets")
    client.create_budget(
        AccountId=account.id,
        Budget=budget_of("100"),
        NotificationsWithSubscribers=[{"Notification": NOTIFICATION, "Subscribers": [MAIL]}],
        ResourceTags=tag_list({"Owner": "payments"}),
    )
    return client


def subscribers(account: Account, budgets: Any) -> list[dict[str, str]]:
    """Read back who is told of the forecast."""
    found: list[dict[str, str]] = budgets.describe_subscribers_for_notification(
        AccountId=account.id, BudgetName="monthly", Notification=NOTIFICATION
    )["Subscribers"]
    return found


def test_subscribers_come_and_go(account: Account, budgets: Any) -> None:
    """The people named in the environment's file are told of the cost, and nobody else."""
    assert subscribers(account, budgets) == [MAIL]
    names = {"AccountId": account.id, "BudgetName": "monthly", "Notification": NOTIFICATION}

    budgets.create_subscriber(**names, Subscriber=TOPIC)
    budgets.delete_subscriber(**names, Subscriber=MAIL)

    assert subscribers(account, budgets) == [TOPIC]
    assert refusal(budgets.create_subscriber, **names, Subscriber=TOPIC)[0] == "DuplicateRecordException"
    assert refusal(budgets.delete_subscriber, **names, Subscriber=MAIL)[0] == "NotFoundException"


def test_budget_is_raised_in_place(account: Account, budgets: Any) -> None:
    """A new limit keeps the notifications."""
    budgets.update_budget(AccountId=account.id, NewBudget=budget_of("250"))

    found = budgets.describe_budget(AccountId=account.id, BudgetName="monthly")["Budget"]
    assert found["BudgetLimit"]["Amount"] == "250"
    assert subscribers(account, budgets) == [MAIL]


def test_what_is_not_there_is_not_found(account: Account, budgets: Any) -> None:
    """Wrong names are errors, not silence: a silent budget warns nobody."""
    other = {**NOTIFICATION, "Threshold": 99.0}

    assert refusal(
        budgets.describe_subscribers_for_notification,
        AccountId=account.id,
        BudgetName="monthly",
        Notification=other,
    ) == ("NotFoundException", "Unable to find the notification")
    assert refusal(
        budgets.describe_subscribers_for_notification,
        AccountId=account.id,
        BudgetName="nosuch",
        Notification=other,
    ) == ("NotFoundException", "Unable to get budget: nosuch")


def test_budget_tags(account: Account, budgets: Any) -> None:
    """A budget carries the same tags as all that it pays for."""
    arn = f"arn:aws:budgets::{account.id}:budget/monthly"
    budgets.tag_resource(ResourceARN=arn, ResourceTags=tag_list({"Team": "core"}))
    budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["Owner"])

    assert budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"] == tag_list({"Team": "core"})


@pytest.fixture
def ce(account: Account) -> Any:
    """A Cost Explorer client."""
    return account.client("ce", region="us-east-1")


@pytest.fixture
def monitor(ce: Any) -> str:
    """The ARN of a monitor of all services."""
    found: str = ce.create_anomaly_monitor(
        AnomalyMonitor={"MonitorName": "all", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"},
        ResourceTags=tag_list({"Owner": "payments"}),
    )["MonitorArn"]
    return found


def subscribe(ce: Any, monitor: str) -> str:
    """Mail anomalies daily."""
    found: str = ce.create_anomaly_subscription(
        AnomalySubscription={
            "SubscriptionName": "daily",
            "MonitorArnList": [monitor],
            "Subscribers": [{"Type": "EMAIL", "Address": "finance@example.com"}],
            "Frequency": "DAILY",
        }
    )["SubscriptionArn"]
    return found


def test_anomalies_are_watched_and_mailed(account: Account, ce: Any, monitor: str) -> None:
    """An unusual bill is seen and told within a day."""
    subscription = subscribe(ce, monitor)

    (found,) = ce.get_anomaly_monitors(MonitorArnList=[monitor])["AnomalyMonitors"]
    (told,) = ce.get_anomaly_subscriptions(SubscriptionArnList=[subscription])["AnomalySubscriptions"]

    assert (found["MonitorName"], found["MonitorDimension"]) == ("all", "SERVICE")
    assert (told["MonitorArnList"], told["AccountId"]) == ([monitor], account.id)
    assert monitor.startswith(f"arn:aws:ce::{account.id}:anomalymonitor/")


def test_anomaly_settings_are_changed(ce: Any, monitor: str) -> None:
    """Name and frequency change in place."""
    subscription = subscribe(ce, monitor)

    ce.update_anomaly_monitor(MonitorArn=monitor, MonitorName="every service")
    ce.update_anomaly_subscription(SubscriptionArn=subscription, Frequency="WEEKLY")

    assert ce.get_anomaly_monitors()["AnomalyMonitors"][0]["MonitorName"] == "every service"
    assert ce.get_anomaly_subscriptions()["AnomalySubscriptions"][0]["Frequency"] == "WEEKLY"


def test_deleted_monitor_is_gone(ce: Any, monitor: str) -> None:
    """No subscription can watch a monitor that is gone."""
    subscription = subscribe(ce, monitor)
    ce.delete_anomaly_subscription(SubscriptionArn=subscription)
    ce.delete_anomaly_monitor(MonitorArn=monitor)

    assert refusal(ce.delete_anomaly_monitor, MonitorArn=monitor)[0] == "UnknownMonitorException"
    assert refusal(ce.delete_anomaly_subscription, SubscriptionArn=subscription)[0] == ("UnknownSubscriptionException")
    assert refusal(subscribe, ce=ce, monitor=monitor)[0] == "UnknownMonitorException"


def test_monitor_tags(ce: Any, monitor: str) -> None:
    """Monitors carry tags; those of cost categories stay moto's."""
    ce.tag_resource(ResourceArn=monitor, ResourceTags=tag_list({"Team": "core"}))
    ce.untag_resource(ResourceArn=monitor, ResourceTagKeys=["Owner"])
    assert ce.list_tags_for_resource(ResourceArn=monitor)["ResourceTags"] == tag_list({"Team": "core"})

    category = ce.create_cost_category_definition(
        Name="team",
        RuleVersion="CostCategoryExpression.v1",
        Rules=[{"Value": "core"}],
        ResourceTags=tag_list({"A": "b"}),
    )["CostCategoryArn"]
    ce.tag_resource(ResourceArn=category, ResourceTags=tag_list({"C": "d"}))
    ce.untag_resource(ResourceArn=category, ResourceTagKeys=["A"])
    assert ce.list_tags_for_resource(ResourceArn=category)["ResourceTags"] == tag_list({"C": "d"})
