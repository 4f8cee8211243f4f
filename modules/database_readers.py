"""Read replicas of the database, with a security group of their own.

Always: as encrypted and as closed as the instance they follow. A service that may
read from them still reaches the instance only by the way it is given.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.db_instance import DbInstance
from constructs import Construct

from environments.capacity import DatabaseSettings
from environments.operations import MonitoringSettings
from modules.connections import Connections
from modules.database import LOGS, PORT, Database
from modules.deployment import Deployment
from modules.grants import Resource
from modules.key import Key
from modules.log_group import LogGroup
from modules.network import Network
from modules.vitals import Vital

REPLICA_LAG_SECONDS = 30


class DatabaseReaders(Construct):
    """The read replicas of one database.

    Outputs: `name`, `connections`, `variables` (what a caller's container is told).
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
        database: Database,
        settings: DatabaseSettings,
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.deployment = deployment
        self.connections = Connections(self, deployment=deployment, vpc_id=network.vpc_id, ports=(PORT,))
        self._replicas = []
        for number in range(1, settings.read_replicas + 1):
            identifier = deployment.name(f"reader-{number}")
            logs = [
                LogGroup(
                    self,
                    f"log-{number}-{log}",
                    name=f"/aws/rds/instance/{identifier}/{log}",
                    key=log_key,
                    retention_days=log_retention_days,
                ).resource
                for log in LOGS
            ]
            replica = DbInstance(
                self,
                f"replica-{number}",
                identifier=identifier,
                replicate_source_db=database.identifier,
                instance_class=settings.instance_class,
                storage_type="gp3",
                max_allocated_storage=settings.storage_limit_gib,
                storage_encrypted=True,
                kms_key_id=key.arn,
                port=PORT,
                iam_database_authentication_enabled=True,
                ca_cert_identifier="rds-ca-rsa2048-g1",
                parameter_group_name=database.parameter_group_name,
                vpc_security_group_ids=[self.connections.group_id],
                publicly_accessible=False,
                multi_az=settings.multi_az,
                backup_retention_period=settings.backup_retention_days,
                maintenance_window="sun:04:00-sun:05:00",
                auto_minor_version_upgrade=True,
                apply_immediately=False,
                copy_tags_to_snapshot=True,
                deletion_protection=deployment.protected,
                skip_final_snapshot=True,
                enabled_cloudwatch_logs_exports=list(LOGS),
                performance_insights_enabled=True,
                performance_insights_kms_key_id=key.arn,
                performance_insights_retention_period=settings.performance_insights_days,
                monitoring_interval=settings.monitoring_interval_seconds,
                monitoring_role_arn=database.monitoring_role_arn,
                depends_on=logs,
            )
            self._replicas.append(replica)
        self.variables = {"DATABASE_READER_HOSTS": ",".join(replica.address for replica in self._replicas)}

    def user(self, service: str) -> Resource:
        """The database user of one service on every replica, for a grant to log in by IAM."""
        arns = (self.deployment.arn("rds-db", f"dbuser:{one.resource_id}/{service}") for one in self._replicas)
        return Resource(self.name, tuple(arns))

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """Load, and how far the replicas are behind."""
        return tuple(
            vital
            for number, replica in enumerate(self._replicas, start=1)
            for vital in (
                Vital(
                    f"cpu-{number}",
                    "AWS/RDS",
                    "CPUUtilization",
                    {"DBInstanceIdentifier": replica.identifier},
                    settings.cpu_percent,
                    why="Reports and balances are read slowly.",
                ),
                Vital(
                    f"lag-{number}",
                    "AWS/RDS",
                    "ReplicaLag",
                    {"DBInstanceIdentifier": replica.identifier},
                    REPLICA_LAG_SECONDS,
                    why="Customers read balances that are no longer true.",
                    statistic="Maximum",
                ),
            )
        )
