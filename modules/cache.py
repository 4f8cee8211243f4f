"""A private Valkey replication group.

Always: encrypted at rest with our key and in transit, in the database tier,
each service a user of its own that logs in by IAM and sees its own keys only.
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.elasticache_parameter_group import (
    ElasticacheParameterGroup,
    ElasticacheParameterGroupParameter,
)
from cdktf_cdktf_provider_aws.elasticache_replication_group import (
    ElasticacheReplicationGroup,
    ElasticacheReplicationGroupLogDeliveryConfiguration,
)
from cdktf_cdktf_provider_aws.elasticache_subnet_group import ElasticacheSubnetGroup
from cdktf_cdktf_provider_aws.elasticache_user import ElasticacheUser, ElasticacheUserAuthenticationMode
from cdktf_cdktf_provider_aws.elasticache_user_group import ElasticacheUserGroup
from constructs import Construct

from environments.capacity import CacheSettings
from environments.operations import MonitoringSettings
from modules.connections import Connections
from modules.deployment import Deployment
from modules.grants import Access, Resource
from modules.key import Key
from modules.log_group import LogGroup
from modules.network import Network
from modules.vitals import Vital

PORT = 6379
ENGINE = "valkey"
LOG_IN = Access("connect", ("elasticache:Connect",), ())


class Cache(Construct):
    """One replication group and the users of the services that call it.

    Outputs: `name`, `endpoint`, `group_id`, `arn`, `connections`, `variables`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        network: Network,
        key: Key,
        log_key: Key,
        log_retention_days: int,
        settings: CacheSettings,
        callers: Sequence[str],
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.settings = settings
        self.connections = Connections(self, deployment=deployment, vpc_id=network.vpc_id, ports=(PORT,))
        name = deployment.name(id)
        subnets = ElasticacheSubnetGroup(
            self,
            "subnets",
            name=name,
            description="The tier without a default route",
            subnet_ids=network.database.subnet_ids,
        )
        parameters = ElasticacheParameterGroup(
            self,
            "parameters",
            name=name,
            family=f"{ENGINE}{settings.engine_version.split('.')[0]}",
            description="Sessions nearest to their end are the first to go",
            parameter=[ElasticacheParameterGroupParameter(name="maxmemory-policy", value="volatile-ttl")],
        )
        self._users = {
            caller: ElasticacheUser(
                self,
                f"user-{caller}",
                user_id=deployment.name(caller),
                user_name=deployment.name(caller),
                engine=ENGINE,
                access_string=f"on ~{caller}:* +@all -@dangerous -@admin",
                authentication_mode=ElasticacheUserAuthenticationMode(type="iam"),
            )
            for caller in sorted(callers)
        }
        users = ElasticacheUserGroup(
            self,
            "users",
            engine=ENGINE,
            user_group_id=name,
            user_ids=[user.user_id for user in self._users.values()],
        )
        logs = {
            log: LogGroup(
                self,
                log,
                name=f"/elasticache/{name}/{log}",
                key=log_key,
                retention_days=log_retention_days,
            )
            for log in ("slow-log", "engine-log")
        }
        group = ElasticacheReplicationGroup(
            self,
            "group",
            replication_group_id=name,
            description="Sessions and idempotency keys",
            engine=ENGINE,
            engine_version=settings.engine_version,
            node_type=settings.node_type,
            port=PORT,
            num_cache_clusters=settings.replicas + 1,
            automatic_failover_enabled=settings.replicas > 0,
            multi_az_enabled=settings.replicas > 0,
            subnet_group_name=subnets.name,
            security_group_ids=[self.connections.group_id],
            parameter_group_name=parameters.name,
            at_rest_encryption_enabled="true",
            kms_key_id=key.arn,
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            user_group_ids=[users.user_group_id],
            snapshot_retention_limit=settings.snapshot_retention_days,
            snapshot_window="01:00-02:00",
            maintenance_window="sun:02:30-sun:03:30",
            final_snapshot_identifier=deployment.final_snapshot(id),
            lifecycle=TerraformResourceLifecycle(ignore_changes=["final_snapshot_identifier"]),
            auto_minor_version_upgrade="true",
            apply_immediately=False,
            log_delivery_configuration=[
                ElasticacheReplicationGroupLogDeliveryConfiguration(
                    destination=group.name, destination_type="cloudwatch-logs", log_format="json", log_type=log
                )
                for log, group in sorted(logs.items())
            ],
        )
        self.endpoint: str = group.primary_endpoint_address
        self.group_id: str = group.replication_group_id
        self.arn: str = group.arn
        self.variables = {"CACHE_HOST": self.endpoint, "CACHE_PORT": str(PORT), "CACHE_TLS": "required"}

    def user(self, service: str) -> Resource:
        """The cache and its user of one service, for a grant to log in by IAM.

        https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
        """
        return Resource(self.name, (self.arn, self._users[service].arn))

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """Load of the primary node, room, and keys thrown out for lack of it."""
        dimensions = {"CacheClusterId": f"{self.group_id}-001"}
        return (
            Vital(
                "cpu",
                "AWS/ElastiCache",
                "EngineCPUUtilization",
                dimensions,
                settings.cpu_percent,
                why="Sessions answer slowly: every request waits for them.",
            ),
            Vital(
                "memory",
                "AWS/ElastiCache",
                "DatabaseMemoryUsagePercentage",
                dimensions,
                settings.memory_percent,
                why="Memory runs out: sessions will be thrown out.",
            ),
            Vital(
                "evictions",
                "AWS/ElastiCache",
                "Evictions",
                dimensions,
                1,
                why="Keys were thrown out: customers are logged out, idempotency is lost.",
                statistic="Sum",
            ),
        )
