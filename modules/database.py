"""A private PostgreSQL instance.

Always: encrypted with our key, in subnets without a way out, TLS forced,
reachable by nobody until a stack says `caller.connections.allow_to(database, ...)`,
IAM authentication for services, master password kept by AWS and never in state.
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.db_parameter_group import DbParameterGroup, DbParameterGroupParameter
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from constructs import Construct

from environments.capacity import DatabaseSettings
from environments.operations import MonitoringSettings
from modules.boundary import Boundary
from modules.connections import Connections
from modules.deployment import Deployment
from modules.flow_log import WRITE_LOGS
from modules.grants import Access, Resource
from modules.key import Key
from modules.log_group import LogGroup
from modules.network import Network
from modules.role import Role
from modules.vitals import Vital

PORT = 5432
BYTES_PER_GIB = 1024**3
LOGS = ("postgresql", "upgrade")
PARAMETERS = {
    "rds.force_ssl": ("1", "immediate"),
    "log_connections": ("1", "immediate"),
    "log_disconnections": ("1", "immediate"),
    "log_lock_waits": ("1", "immediate"),
    "log_min_duration_statement": ("1000", "immediate"),
    "log_statement": ("ddl", "immediate"),
    "shared_preload_libraries": ("pg_stat_statements,pgaudit", "pending-reboot"),
}
LOG_IN = Access("connect", ("rds-db:connect",), ())


class Database(Construct):
    """One PostgreSQL instance and everything only it needs.

    Outputs: `name`, `endpoint`, `identifier`, `arn`, `resource_id`, `secret_arn`, `connections`,
    `variables` (what a caller's container is told), and what a replica shares: `parameter_group_name`,
    `monitoring_role_arn`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        boundary: Boundary,
        network: Network,
        key: Key,
        log_key: Key,
        log_retention_days: int,
        settings: DatabaseSettings,
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.deployment = deployment
        self.settings = settings
        self.connections = Connections(self, deployment=deployment, vpc_id=network.vpc_id, ports=(PORT,))
        name = deployment.name(id)
        subnets = DbSubnetGroup(
            self,
            "subnets",
            name=name,
            description="The tier without a default route",
            subnet_ids=network.database.subnet_ids,
        )
        parameters = DbParameterGroup(
            self,
            "parameters",
            name=name,
            family=f"postgres{settings.engine_version}",
            description="TLS forced, connections and changes of the schema logged",
            parameter=[
                DbParameterGroupParameter(name=parameter, value=value, apply_method=method)
                for parameter, (value, method) in PARAMETERS.items()
            ],
        )
        logs = [
            LogGroup(
                self,
                f"log-{log}",
                name=f"/aws/rds/instance/{name}/{log}",
                key=log_key,
                retention_days=log_retention_days,
            ).resource
            for log in LOGS
        ]
        monitor = Role(
            self,
            "monitor",
            deployment=deployment,
            boundary=boundary,
            component=f"{id}-monitor",
            service="monitoring.rds",
        )
        os_metrics = deployment.arn("logs", "log-group:RDSOSMetrics:*")
        monitor.grants.allow(WRITE_LOGS, Resource("os-metrics", (os_metrics,)), "write metrics of the operating system")
        instance = DbInstance(
            self,
            "instance",
            identifier=name,
            engine="postgres",
            engine_version=settings.engine_version,
            instance_class=settings.instance_class,
            storage_type="gp3",
            allocated_storage=settings.storage_gib,
            max_allocated_storage=settings.storage_limit_gib,
            storage_encrypted=True,
            kms_key_id=key.arn,
            port=PORT,
            db_name=deployment.project,
            username="owner",
            manage_master_user_password=True,
            master_user_secret_kms_key_id=key.arn,
            iam_database_authentication_enabled=True,
            ca_cert_identifier="rds-ca-rsa2048-g1",
            db_subnet_group_name=subnets.name,
            parameter_group_name=parameters.name,
            vpc_security_group_ids=[self.connections.group_id],
            publicly_accessible=False,
            multi_az=settings.multi_az,
            backup_retention_period=settings.backup_retention_days,
            backup_window="01:00-02:00",
            maintenance_window="sun:02:30-sun:03:30",
            auto_minor_version_upgrade=True,
            allow_major_version_upgrade=False,
            apply_immediately=False,
            copy_tags_to_snapshot=True,
            delete_automated_backups=not deployment.protected,
            deletion_protection=deployment.protected,
            skip_final_snapshot=False,
            final_snapshot_identifier=deployment.final_snapshot(id),
            enabled_cloudwatch_logs_exports=list(LOGS),
            performance_insights_enabled=True,
            performance_insights_kms_key_id=key.arn,
            performance_insights_retention_period=settings.performance_insights_days,
            monitoring_interval=settings.monitoring_interval_seconds,
            monitoring_role_arn=monitor.arn,
            lifecycle=TerraformResourceLifecycle(ignore_changes=["final_snapshot_identifier"]),
            depends_on=logs,
        )
        self.endpoint: str = instance.address
        self.identifier: str = instance.identifier
        self.arn: str = instance.arn
        self.resource_id: str = instance.resource_id
        self.secret_arn: str = instance.master_user_secret.get(0).secret_arn
        self.parameter_group_name: str = parameters.name
        self.monitoring_role_arn: str = monitor.arn
        self.variables = {
            "DATABASE_HOST": self.endpoint,
            "DATABASE_PORT": str(PORT),
            "DATABASE_NAME": deployment.project,
            "DATABASE_TLS": "verify-full",
        }

    def user(self, service: str) -> Resource:
        """The database user of one service, for a grant to log in by IAM."""
        arn = self.deployment.arn("rds-db", f"dbuser:{self.resource_id}/{service}")
        return Resource(self.name, (arn,))

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """Load, room and connections."""
        dimensions = {"DBInstanceIdentifier": self.identifier}
        free = self.settings.storage_gib * BYTES_PER_GIB * settings.free_storage_percent / 100
        return (
            Vital(
                "cpu",
                "AWS/RDS",
                "CPUUtilization",
                dimensions,
                settings.cpu_percent,
                why="The ledger is at its limit: payments wait.",
                hurts_customers=True,
            ),
            Vital(
                "storage",
                "AWS/RDS",
                "FreeStorageSpace",
                dimensions,
                free,
                why="The disk fills up: a full disk stops every payment.",
                comparison="LessThanThreshold",
                statistic="Minimum",
            ),
            Vital(
                "memory",
                "AWS/RDS",
                "FreeableMemory",
                dimensions,
                BYTES_PER_GIB / 8,
                why="The instance is too small for its work and begins to swap.",
                comparison="LessThanThreshold",
                statistic="Minimum",
            ),
            Vital(
                "connections",
                "AWS/RDS",
                "DatabaseConnections",
                dimensions,
                settings.database_connections,
                why="Connections run out: new payments are refused.",
                statistic="Maximum",
            ),
        )
