"""Who is told when something is unwell: alarms with actions, one dashboard, one topic.

Always: every alarm reaches people, and what hurts customers is gathered in one
composite alarm that wakes somebody up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from cdktf_cdktf_provider_aws.cloudwatch_composite_alarm import CloudwatchCompositeAlarm
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from constructs import Construct

from environments.operations import MonitoringSettings
from modules.deployment import Deployment
from modules.topic import Topic
from modules.vitals import Vital, Watched

WIDGET_WIDTH, WIDGET_HEIGHT, ROW_WIDTH = 8, 6, 24
PERCENTILE = "p99"


class Monitoring(Construct):
    """The alarms of everything that knows its vital signs.

    Outputs: `composite_name`, `dashboard_name`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        topic: Topic,
        settings: MonitoringSettings,
        watched: Sequence[Watched],
    ) -> None:
        super().__init__(scope, id)
        self.deployment, self.topic = deployment, topic
        vitals = [(thing.name, vital) for thing in watched for vital in thing.vitals(settings)]
        alarms = {(name, vital.id): self._alarm(name, vital) for name, vital in vitals}
        urgent = [alarms[name, vital.id].alarm_name for name, vital in vitals if vital.hurts_customers]
        composite = CloudwatchCompositeAlarm(
            self,
            "customers",
            alarm_name=deployment.name("customers-are-hurt"),
            alarm_description="Customers notice: at least one of the alarms that say so is on.",
            alarm_rule=" OR ".join(f'ALARM("{name}")' for name in urgent),
            alarm_actions=[topic.arn],
            ok_actions=[topic.arn],
            actions_enabled=True,
        )
        dashboard = CloudwatchDashboard(
            self,
            "dashboard",
            dashboard_name=deployment.name("overview"),
            dashboard_body=json.dumps(
                {"widgets": [self._widget(index, name, vital) for index, (name, vital) in enumerate(vitals)]}
            ),
        )
        self.composite_name: str = composite.alarm_name
        self.dashboard_name: str = dashboard.dashboard_name
        self.alarm_names: list[str] = [alarm.alarm_name for alarm in alarms.values()]

    def _alarm(self, name: str, vital: Vital) -> CloudwatchMetricAlarm:
        percentile = vital.statistic == PERCENTILE
        return CloudwatchMetricAlarm(
            self,
            f"{name}-{vital.id}",
            alarm_name=self.deployment.name(f"{name}-{vital.id}"),
            alarm_description=vital.why,
            namespace=vital.namespace,
            metric_name=vital.metric,
            dimensions=dict(vital.dimensions),
            statistic=None if percentile else vital.statistic,
            extended_statistic=vital.statistic if percentile else None,
            comparison_operator=vital.comparison,
            threshold=vital.threshold,
            period=vital.period_seconds,
            evaluation_periods=vital.periods,
            datapoints_to_alarm=vital.periods,
            treat_missing_data=vital.missing,
            actions_enabled=True,
            alarm_actions=[self.topic.arn],
            ok_actions=[self.topic.arn],
        )

    def _widget(self, index: int, name: str, vital: Vital) -> dict[str, object]:
        column, row = index % (ROW_WIDTH // WIDGET_WIDTH), index // (ROW_WIDTH // WIDGET_WIDTH)
        dimensions = [part for pair in vital.dimensions.items() for part in pair]
        return {
            "type": "metric",
            "x": column * WIDGET_WIDTH,
            "y": row * WIDGET_HEIGHT,
            "width": WIDGET_WIDTH,
            "height": WIDGET_HEIGHT,
            "properties": {
                "title": f"{name}: {vital.id}",
                "region": self.deployment.region,
                "stat": vital.statistic,
                "period": vital.period_seconds,
                "metrics": [[vital.namespace, vital.metric, *dimensions]],
                "annotations": {"horizontal": [{"label": "alarm", "value": vital.threshold}]},
            },
        }
