"""How many tasks one service runs: between two limits, by load, and by the clock."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.appautoscaling_policy import (
    AppautoscalingPolicy,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecification,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetrics,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStat,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStatMetric,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStatMetricDimensions,
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.appautoscaling_scheduled_action import (
    AppautoscalingScheduledAction,
    AppautoscalingScheduledActionScalableTargetAction,
)
from cdktf_cdktf_provider_aws.appautoscaling_target import AppautoscalingTarget
from constructs import Construct

from environments.capacity import ServiceSettings
from modules.queue import Queue

NAMESPACE = "ecs"
DIMENSION = "ecs:service:DesiredCount"
SCALE_OUT_SECONDS, SCALE_IN_SECONDS = 60, 300
"""Out quickly, in slowly: a payment peak comes back more often than it ends for good."""

Customized = AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecification
Metrics = AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetrics
MetricStat = AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStat
Metric = (
    AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStatMetric
)
Dimensions = AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStatMetricDimensions  # noqa: E501 - the binding's name
Predefined = AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification
Tracking = AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration


class Scaling(Construct):
    """The scaling of one ECS service on CPU, memory, and what it has of requests and queues of waiting messages."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        cluster_name: str,
        service_name: str,
        settings: ServiceSettings,
        request_label: str | None = None,
        queues: Sequence[Queue] = (),
    ) -> None:
        super().__init__(scope, id)
        self.target = AppautoscalingTarget(
            self,
            "target",
            service_namespace=NAMESPACE,
            scalable_dimension=DIMENSION,
            resource_id=f"service/{cluster_name}/{service_name}",
            min_capacity=settings.min_tasks,
            max_capacity=settings.max_tasks,
        )
        self._track(
            "cpu", settings.target_cpu_percent, Predefined(predefined_metric_type="ECSServiceAverageCPUUtilization")
        )
        self._track(
            "memory",
            settings.target_memory_percent,
            Predefined(predefined_metric_type="ECSServiceAverageMemoryUtilization"),
        )
        if request_label is not None:
            self._track(
                "requests",
                settings.requests_per_task,
                Predefined(predefined_metric_type="ALBRequestCountPerTarget", resource_label=request_label),
            )
        for position, queue in enumerate(queues):
            name = f"messages-{queue.name}" if position else "messages"  # a queue more renames nothing
            self._track(name, settings.messages_per_task, _waiting_per_task(queue, cluster_name, service_name))
        for index, schedule in enumerate(settings.schedules):
            AppautoscalingScheduledAction(
                self,
                f"schedule-{index}",
                name=f"schedule-{index}",
                service_namespace=NAMESPACE,
                scalable_dimension=DIMENSION,
                resource_id=self.target.resource_id,
                schedule=schedule.at,
                timezone="UTC",
                scalable_target_action=AppautoscalingScheduledActionScalableTargetAction(
                    min_capacity=str(schedule.min_tasks), max_capacity=str(schedule.max_tasks)
                ),
            )

    def _track(self, name: str, target: float, metric: Predefined | Customized) -> None:
        AppautoscalingPolicy(
            self,
            name,
            name=name,
            policy_type="TargetTrackingScaling",
            service_namespace=NAMESPACE,
            scalable_dimension=DIMENSION,
            resource_id=self.target.resource_id,
            target_tracking_scaling_policy_configuration=Tracking(
                target_value=target,
                scale_out_cooldown=SCALE_OUT_SECONDS,
                scale_in_cooldown=SCALE_IN_SECONDS,
                predefined_metric_specification=metric if isinstance(metric, Predefined) else None,
                customized_metric_specification=metric if isinstance(metric, Customized) else None,
            ),
        )


def _waiting_per_task(queue: Queue, cluster_name: str, service_name: str) -> Customized:
    """Messages that wait for each running task.

    https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
    """
    waiting = Metric(
        namespace="AWS/SQS",
        metric_name="ApproximateNumberOfMessagesVisible",
        dimensions=[Dimensions(name="QueueName", value=queue.queue_name)],
    )
    running = Metric(
        namespace="ECS/ContainerInsights",
        metric_name="RunningTaskCount",
        dimensions=[
            Dimensions(name="ClusterName", value=cluster_name),
            Dimensions(name="ServiceName", value=service_name),
        ],
    )
    return Customized(
        metrics=[
            Metrics(id="waiting", metric_stat=MetricStat(metric=waiting, stat="Sum"), return_data=False),
            Metrics(id="running", metric_stat=MetricStat(metric=running, stat="Average"), return_data=False),
            Metrics(id="each", expression="waiting / running", label="Messages per task", return_data=True),
        ]
    )
