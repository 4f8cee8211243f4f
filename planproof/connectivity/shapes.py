"""Which resources have network interfaces, and the attributes that say where. A new kind is a new line."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Shape(Struct, frozen=True):
    """Where a type of resource says its subnets, groups, port and public address.

    `through` is the attribute that names a subnet group, whose `subnet_ids` count. `default` are the ports where
    none is written; a text means it depends on that attribute. `protected` things have exactly the callers that
    are intended.
    """

    kind: str
    subnets: str = "subnet_ids"
    through: str = ""
    groups: str = "security_group_ids"
    port: str = "port"
    default: tuple[int, ...] = ()
    by_engine: str = ""
    public: str = ""
    managed: bool = True
    protected: bool = False
    settled: bool = False


# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateDBInstance.html (default ports by engine)
ENGINES: Final = (
    ("postgres", 5432),
    ("aurora-postgresql", 5432),
    ("aurora-mysql", 3306),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("oracle", 1521),
    ("sqlserver", 1433),
    ("db2", 50_000),
    ("POSTGRESQL", 5432),
    ("MYSQL", 3306),
    ("SQLSERVER", 1433),
    ("memcached", 11_211),
    ("redis", 6379),
    ("valkey", 6379),
)
RDS_GROUPS: Final = "vpc_security_group_ids"

SHAPES: Final[dict[str, Shape]] = {
    "aws_ecs_service": Shape(
        "service",
        subnets="network_configuration.0.subnets",
        groups="network_configuration.0.security_groups",
        public="network_configuration.0.assign_public_ip",
        managed=False,
        protected=True,
    ),
    "aws_db_instance": Shape(
        "database",
        through="db_subnet_group_name",
        groups=RDS_GROUPS,
        by_engine="engine",
        public="publicly_accessible",
        protected=True,
    ),
    "aws_rds_cluster": Shape(
        "database", through="db_subnet_group_name", groups=RDS_GROUPS, by_engine="engine", protected=True
    ),
    "aws_docdb_cluster": Shape(
        "database", through="db_subnet_group_name", groups=RDS_GROUPS, default=(27_017,), protected=True
    ),
    "aws_neptune_cluster": Shape(
        "database", through="neptune_subnet_group_name", groups=RDS_GROUPS, default=(8_182,), protected=True
    ),
    "aws_redshift_cluster": Shape(
        "database",
        through="cluster_subnet_group_name",
        groups=RDS_GROUPS,
        default=(5_439,),
        public="publicly_accessible",
        protected=True,
    ),
    "aws_db_proxy": Shape(
        "database proxy",
        subnets="vpc_subnet_ids",
        groups=RDS_GROUPS,
        by_engine="engine_family",
        protected=True,
    ),
    "aws_elasticache_replication_group": Shape(
        "cache", through="subnet_group_name", by_engine="engine", default=(6379,), protected=True
    ),
    "aws_elasticache_cluster": Shape(
        "cache", through="subnet_group_name", by_engine="engine", default=(6379,), protected=True
    ),
    "aws_elasticache_serverless_cache": Shape("cache", default=(6379, 6380), protected=True),
    "aws_memorydb_cluster": Shape("cache", through="subnet_group_name", default=(6379,), protected=True),
    "aws_mq_broker": Shape(
        "broker", groups="security_groups", default=(5671, 8162), public="publicly_accessible", protected=True
    ),
    "aws_msk_cluster": Shape(
        "broker",
        subnets="broker_node_group_info.0.client_subnets",
        groups="broker_node_group_info.0.security_groups",
        default=(9_094, 9_098),
        protected=True,
    ),
    "aws_opensearch_domain": Shape(
        "search",
        subnets="vpc_options.0.subnet_ids",
        groups="vpc_options.0.security_group_ids",
        default=(443,),
        protected=True,
    ),
    "aws_efs_mount_target": Shape(
        "file system", subnets="subnet_id", groups="security_groups", default=(2_049,), protected=True
    ),
    "aws_lambda_function": Shape(
        "function", subnets="vpc_config.0.subnet_ids", groups="vpc_config.0.security_group_ids"
    ),
    "aws_instance": Shape(
        "instance",
        subnets="subnet_id",
        groups=RDS_GROUPS,
        public="associate_public_ip_address",
        managed=False,
        settled=True,
    ),
    "aws_lb": Shape("load balancer", subnets="subnets", groups="security_groups"),
    "aws_alb": Shape("load balancer", subnets="subnets", groups="security_groups"),
    "aws_vpc_endpoint": Shape("endpoint", default=(443,)),
}
