"""Changes to what watches the platform: logs, alarms, audit and detection."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

LOG = "aws_cloudwatch_log_group.payments_log_group"
TRAIL = "aws_cloudtrail.trail"
STORAGE_ALARM = "aws_cloudwatch_metric_alarm.monitoring_database-storage"
TOPIC = "aws_sns_topic.alerts_topic"
GUARDDUTY = "aws_guardduty_detector.detection_guardduty"
RECORDER = "aws_config_configuration_recorder.configuration_recorder"


@change(BLOCKED, ("data-destroyed", LOG))
def log_is_deleted(stack: Stack) -> None:
    """The log of payments is taken out of the code with ninety days of records; nothing keeps a copy."""
    stack.remove("payments/log/group")


@change(HUMAN, ("protection-removed", LOG))
def log_is_kept_shorter(stack: Stack) -> None:
    """The log of payments is kept for 7 days rather than 90; what is older is deleted at once."""
    stack.set("payments/log/group", retention_in_days=7)


@change(SAFE, ("protection-added", LOG))
def log_is_kept_longer(stack: Stack) -> None:
    """The log of payments is kept for 400 days rather than 90."""
    stack.set("payments/log/group", retention_in_days=400)


@change(HUMAN, ("protection-removed", LOG))
def log_gives_up_our_key(stack: Stack) -> None:
    """The log of payments is no longer encrypted with our key."""
    stack.without("payments/log/group", "kms_key_id")


@change(HUMAN, ("protection-removed", TRAIL))
def trail_is_stopped(stack: Stack) -> None:
    """The audit trail stays, but records nothing."""
    stack.set("trail/trail", enable_logging=False)


@change(HUMAN, ("protection-removed", TRAIL))
def trail_is_deleted(stack: Stack) -> None:
    """The audit trail is taken out of the code; what it recorded stays in its bucket."""
    stack.remove("trail/trail")


@change(HUMAN, ("protection-removed", TRAIL))
def trail_cannot_be_proved(stack: Stack) -> None:
    """The files of the audit trail are no longer signed."""
    stack.set("trail/trail", enable_log_file_validation=False)


@change(HUMAN, ("protection-removed", TRAIL))
def trail_covers_one_region(stack: Stack) -> None:
    """The audit trail records one region and no global services."""
    stack.set("trail/trail", is_multi_region_trail=False, include_global_service_events=False)


@change(HUMAN, ("protection-removed", RECORDER))
def configuration_is_not_recorded(stack: Stack) -> None:
    """AWS Config stops: recorder, channel and rules are removed."""
    rules = [path for path in stack.paths("aws_config_config_rule") if path.startswith("configuration/")]
    stack.remove(*rules, "configuration/on", "configuration/channel", "configuration/recorder")


@change(HUMAN, ("protection-removed", GUARDDUTY))
def guardduty_is_deleted(stack: Stack) -> None:
    """GuardDuty is taken out of the code with its features."""
    stack.remove(*stack.paths("aws_guardduty_detector_feature"), "detection/guardduty")


@change(HUMAN, ("protection-removed", GUARDDUTY))
def guardduty_is_suspended(stack: Stack) -> None:
    """GuardDuty stays, but looks at nothing."""
    stack.set("detection/guardduty", enable=False)


@change(HUMAN, ("protection-removed", "aws_securityhub_standards_subscription.detection_pci-dss"))
def standard_is_not_checked(stack: Stack) -> None:
    """Security Hub no longer checks PCI DSS."""
    stack.remove("detection/pci-dss")


@change(HUMAN, ("protection-removed", STORAGE_ALARM))
def alarm_is_deleted(stack: Stack) -> None:
    """Nobody is told that the disk of the database fills up."""
    stack.remove("monitoring/database-storage")


@change(HUMAN, ("protection-removed", STORAGE_ALARM))
def alarm_is_silenced(stack: Stack) -> None:
    """The alarm of the database's disk goes on, but tells nobody."""
    stack.set("monitoring/database-storage", alarm_actions=[], ok_actions=[])


@change(HUMAN, ("protection-removed", "aws_cloudwatch_metric_alarm.monitoring_payments-cpu"))
def alarm_comes_too_late(stack: Stack) -> None:
    """The alarm of the payments processors is given when they are used to 99 percent for an hour."""
    stack.set("monitoring/payments-cpu", threshold=99, evaluation_periods=60, datapoints_to_alarm=60)


@change(HUMAN, ("protection-removed", "aws_cloudwatch_composite_alarm.monitoring_customers"))
def customers_alarm_is_deleted(stack: Stack) -> None:
    """The one alarm that says that customers are hurt is removed."""
    stack.remove("monitoring/customers")


@change(HUMAN, ("protection-removed", TOPIC))
def topic_is_deleted(stack: Stack) -> None:
    """The topic of all alerts is removed with its recipient: alarms go on and reach nobody."""
    stack.remove("alerts/recipient-0", "alerts/policy", "alerts/topic")


@change(HUMAN, ("protection-removed", "aws_sns_topic_subscription.alerts_recipient-0"))
def nobody_is_alerted(stack: Stack) -> None:
    """The only recipient of alerts is removed."""
    stack.remove("alerts/recipient-0")


@change(HUMAN, ("protection-removed", "aws_budgets_budget.budget"))
def budget_tells_nobody(stack: Stack) -> None:
    """The budget has no notifications any more."""
    stack.without("budget/budget", "notification")


@change(HUMAN, ("protection-removed", "aws_cloudwatch_log_metric_filter.vigilance_root-login-filter"))
def root_login_goes_unnoticed(stack: Stack) -> None:
    """Nothing tells of a login as root any more."""
    stack.remove("vigilance/root-login-alarm", "vigilance/root-login-filter")
