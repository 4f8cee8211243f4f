"""Events that people must see at once: changes of the account and findings of the detectors."""

from __future__ import annotations

import json

from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.cloudwatch_log_metric_filter import (
    CloudwatchLogMetricFilter,
    CloudwatchLogMetricFilterMetricTransformation,
)
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from constructs import Construct

from modules.account_calls import CALLS
from modules.deployment import Deployment
from modules.topic import Topic
from modules.trail import Trail

EVENTS = {
    "guardduty": ("aws.guardduty", "GuardDuty Finding", {}, "GuardDuty found something suspicious."),
    "failed-deployment": (
        "aws.ecs",
        "ECS Deployment State Change",
        {"detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]}},
        "A deployment failed and was rolled back.",
    ),
    "database-event": ("aws.rds", "RDS DB Instance Event", {}, "The database failed over, stopped or was changed."),
}
"""Of EventBridge: source, kind, what else must be in it, and why it matters."""


class Vigilance(Construct):
    """Alarms on the trail and rules on the event bus, all to one topic."""

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, topic: Topic, trail: Trail | None) -> None:
        super().__init__(scope, id)
        if trail is not None:
            for name, (pattern, why) in CALLS.items():
                self._alarm_on_calls(name, pattern, why, deployment, topic, trail)
        for name, (source, kind, more, why) in EVENTS.items():
            rule = CloudwatchEventRule(
                self,
                name,
                name=deployment.name(name),
                description=why,
                event_pattern=json.dumps({"source": [source], "detail-type": [kind], **more}),
            )
            CloudwatchEventTarget(self, f"{name}-told", rule=rule.name, target_id="people", arn=topic.arn)

    def _alarm_on_calls(  # noqa: PLR0917 - one call a row of the table above
        self, name: str, pattern: str, why: str, deployment: Deployment, topic: Topic, trail: Trail
    ) -> None:
        namespace = f"{deployment.project}/{deployment.environment}/trail"
        CloudwatchLogMetricFilter(
            self,
            f"{name}-filter",
            name=deployment.name(name),
            log_group_name=trail.log_group.name,
            pattern=pattern,
            metric_transformation=CloudwatchLogMetricFilterMetricTransformation(
                name=name, namespace=namespace, value="1", default_value="0"
            ),
        )
        CloudwatchMetricAlarm(
            self,
            f"{name}-alarm",
            alarm_name=deployment.name(name),
            alarm_description=why,
            namespace=namespace,
            metric_name=name,
            statistic="Sum",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=1,
            period=300,
            evaluation_periods=1,
            treat_missing_data="notBreaching",
            actions_enabled=True,
            alarm_actions=[topic.arn],
        )
