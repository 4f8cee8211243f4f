"""One service on ECS Fargate, whatever its exposure: public, internal or worker.

Always: in the private tier without a public address, deployed with a circuit
breaker that rolls back, balanced over the zones, scaled by load, watched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.ecs_service import (
    EcsService,
    EcsServiceCapacityProviderStrategy,
    EcsServiceDeploymentCircuitBreaker,
    EcsServiceLoadBalancer,
    EcsServiceNetworkConfiguration,
    EcsServiceServiceConnectConfiguration,
    EcsServiceServiceConnectConfigurationService,
    EcsServiceServiceConnectConfigurationServiceClientAlias,
)
from constructs import Construct

from environments.application import Role as ServiceRole
from environments.capacity import ServiceSettings
from environments.operations import MonitoringSettings
from modules.boundary import Boundary
from modules.cluster import FARGATE, Cluster
from modules.connections import Connections
from modules.deployment import Deployment
from modules.key import Key
from modules.log_group import LogGroup
from modules.network import Network
from modules.queue import Queue
from modules.repository import Repository
from modules.scaling import Scaling
from modules.secret import Secret
from modules.target import Target
from modules.task import Task
from modules.vitals import Vital

GRACE_SECONDS = 60


class Service(Construct):
    """One service and everything only it needs.

    Outputs: `name`, `service_name`, `connections`, `grants` (of the task role), `task`, `log_group`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        cluster: Cluster,
        network: Network,
        log_key: Key,
        log_retention_days: int,
        role: ServiceRole,
        settings: ServiceSettings,
        repository: Repository,
        secrets: Mapping[str, Secret],
        variables: Mapping[str, str],
        target: Target | None = None,
        queues: Sequence[Queue] = (),
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.settings = settings
        self.target = target
        self.cluster_name = cluster.cluster_name
        self.connections = Connections(
            self, deployment=deployment, vpc_id=network.vpc_id, ports=() if role.port is None else (role.port,)
        )
        self.log_group = LogGroup(
            self, "log", name=f"/ecs/{deployment.name(id)}", key=log_key, retention_days=log_retention_days
        )
        self.task = Task(
            self,
            "task",
            deployment=deployment,
            boundary=boundary,
            service=id,
            role=role,
            settings=settings,
            repository=repository,
            log_group=self.log_group,
            variables=variables,
            secrets=secrets,
        )
        self.grants = self.task.role.grants
        service = EcsService(
            self,
            "service",
            name=deployment.name(id),
            cluster=cluster.arn,
            task_definition=self.task.arn,
            desired_count=settings.desired_tasks,
            platform_version="1.4.0",
            capacity_provider_strategy=[
                EcsServiceCapacityProviderStrategy(capacity_provider=FARGATE, weight=1, base=1)
            ],
            availability_zone_rebalancing="ENABLED",
            deployment_minimum_healthy_percent=100,
            deployment_maximum_percent=200,
            deployment_circuit_breaker=EcsServiceDeploymentCircuitBreaker(enable=True, rollback=True),
            enable_execute_command=False,
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            network_configuration=EcsServiceNetworkConfiguration(
                subnets=network.private.subnet_ids,
                security_groups=[self.connections.group_id],
                assign_public_ip=False,
            ),
            health_check_grace_period_seconds=GRACE_SECONDS if target else None,
            load_balancer=_behind(target, id, role),
            service_connect_configuration=EcsServiceServiceConnectConfiguration(
                enabled=True,
                namespace=cluster.namespace_arn,
                service=_listening(id, role),
            ),
            lifecycle=TerraformResourceLifecycle(ignore_changes=["desired_count"]),
            depends_on=[target.rule] if target else None,
        )
        self.service_name: str = service.name
        Scaling(
            self,
            "scaling",
            cluster_name=cluster.cluster_name,
            service_name=service.name,
            settings=settings,
            request_label=target.scaling_label if target else None,
            queues=queues,
        )

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """Load, and fewer running or healthy tasks than promised."""
        dimensions = {"ClusterName": self.cluster_name, "ServiceName": self.service_name}
        vitals = (
            Vital(
                "cpu",
                "AWS/ECS",
                "CPUUtilization",
                dimensions,
                settings.cpu_percent,
                why="The service is at its limit although it scales: answers become slow.",
            ),
            Vital(
                "memory",
                "AWS/ECS",
                "MemoryUtilization",
                dimensions,
                settings.memory_percent,
                why="Tasks are about to be killed for lack of memory.",
            ),
            Vital(
                "running-tasks",
                "ECS/ContainerInsights",
                "RunningTaskCount",
                dimensions,
                self.settings.min_tasks,
                why="Fewer tasks run than the service needs at the least: it crashes or cannot start.",
                comparison="LessThanThreshold",
                statistic="Minimum",
                missing="breaching",
                hurts_customers=True,
            ),
        )
        if self.target is None:
            return vitals
        return (
            *vitals,
            Vital(
                "unhealthy-targets",
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                {"LoadBalancer": self.target.balancer_suffix, "TargetGroup": self.target.group_suffix},
                1,
                why="Tasks run but fail their health check: customers reach fewer of them.",
                statistic="Maximum",
            ),
        )


def _behind(target: Target | None, service: str, role: ServiceRole) -> list[EcsServiceLoadBalancer] | None:
    if target is None or role.port is None:
        return None
    return [EcsServiceLoadBalancer(target_group_arn=target.group_arn, container_name=service, container_port=role.port)]


def _listening(service: str, role: ServiceRole) -> list[EcsServiceServiceConnectConfigurationService] | None:
    """What other services call by the service's name; a worker is called by nobody."""
    if role.port is None:
        return None
    alias = EcsServiceServiceConnectConfigurationServiceClientAlias(dns_name=service, port=role.port)
    return [EcsServiceServiceConnectConfigurationService(port_name=service, discovery_name=service, client_alias=alias)]
