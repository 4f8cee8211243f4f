"""The ECS cluster: Fargate only, with Container Insights and the names of Service Connect."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster, EcsClusterServiceConnectDefaults, EcsClusterSetting
from cdktf_cdktf_provider_aws.ecs_cluster_capacity_providers import (
    EcsClusterCapacityProviders,
    EcsClusterCapacityProvidersDefaultCapacityProviderStrategy,
)
from cdktf_cdktf_provider_aws.service_discovery_http_namespace import ServiceDiscoveryHttpNamespace
from constructs import Construct

from modules.deployment import Deployment

FARGATE = "FARGATE"


class Cluster(Construct):
    """One cluster.

    Outputs: `arn`, `cluster_name`, `namespace_arn`.
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment) -> None:
        super().__init__(scope, id)
        namespace = ServiceDiscoveryHttpNamespace(
            self, "namespace", name=deployment.name("services"), description="Names of the services among themselves"
        )
        cluster = EcsCluster(
            self,
            "cluster",
            name=deployment.name(id),
            setting=[EcsClusterSetting(name="containerInsights", value="enabled")],
            service_connect_defaults=EcsClusterServiceConnectDefaults(namespace=namespace.arn),
        )
        EcsClusterCapacityProviders(
            self,
            "capacity",
            cluster_name=cluster.name,
            capacity_providers=[FARGATE],
            default_capacity_provider_strategy=[
                EcsClusterCapacityProvidersDefaultCapacityProviderStrategy(capacity_provider=FARGATE, weight=1, base=1)
            ],
        )
        self.arn: str = cluster.arn
        self.cluster_name: str = cluster.name
        self.namespace_arn: str = namespace.arn
