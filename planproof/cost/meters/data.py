"""Databases, caches, buckets, queues, topics and their backups.

Sources: https://aws.amazon.com/rds/postgresql/pricing/, https://aws.amazon.com/rds/proxy/pricing/,
https://aws.amazon.com/elasticache/pricing/
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planproof.cost.items import Item, Meters, Usage, number, text, used
from planproof.document import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ONE: Final = Decimal(1)
FREE_INSIGHTS_DAYS: Final = 7
LEAST_PROXY_VCPU: Final = Decimal(2)
# vCPU by size: burstable classes have two up to large; others two at large, doubling.
# Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
VCPU: Final = {"micro": 2, "small": 2, "medium": 2, "large": 2, "xlarge": 4, "2xlarge": 8, "4xlarge": 16}


def instance(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A database instance by the hour, its storage by the month."""
    source = document.target(resource, "replicate_source_db")
    engine = text(resource, "engine") or (text(source, "engine") if source else "")
    multi = resource.get("multi_az", False)
    if isinstance(multi, Unknown):
        yield Item("database instance", f"rds-{engine}", "?", None, hourly=True, note="multi_az is not known")
        return
    place = "multi-az" if multi is True else "single-az"
    size = text(resource, "instance_class", "?")
    yield Item(
        "read replica" if source else "database instance",
        f"rds-{engine}",
        f"{size}.{place}",
        ONE,
        hourly=True,
        note="both nodes" if multi is True else "",
    )
    holder = source if source is not None and resource.get("allocated_storage") is None else resource
    yield Item(
        "database storage",
        "rds-storage",
        f"{text(resource, 'storage_type') or (text(source, 'storage_type') if source else '') or 'gp2'}.{place}",
        number(holder, "allocated_storage"),
        hourly=False,
        most=number(holder, "max_allocated_storage"),
        note="grows by itself" if holder.get("max_allocated_storage") is not None else "",
    )
    if resource.get("manage_master_user_password") is True:
        yield Item("master password", "secretsmanager", "secret-month", ONE, hourly=False)
    retention = number(resource, "performance_insights_retention_period", FREE_INSIGHTS_DAYS)
    if resource.get("performance_insights_enabled") is True and (retention is None or retention > FREE_INSIGHTS_DAYS):
        yield Item(
            "Performance Insights over 7 days",
            "rds-performance-insights",
            f"{size}.vcpu-month",
            _vcpu(size),
            hourly=False,
        )
    if number(resource, "monitoring_interval", 0):
        yield Usage("Enhanced Monitoring", "GB of log")
    if number(resource, "backup_retention_period", 0):
        yield Usage("automatic backups", "GB beyond the size of the database")


def _vcpu(instance_class: str) -> Decimal | None:
    found = VCPU.get(instance_class.rpartition(".")[2])
    return None if found is None else Decimal(found)


def proxy(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the hour and vCPU of the database behind it, two at least."""
    sizes = [
        _vcpu(text(database, "instance_class"))
        for target in document.referrers(resource, "aws_db_proxy_target")
        for database in document.targets(target, "db_instance_identifier")
    ]
    vcpu = max(sizes[0], LEAST_PROXY_VCPU) if sizes and sizes[0] is not None else None
    note = "" if vcpu is not None else "the database behind it is not known"
    yield Item("database proxy", "rds-proxy", "vcpu-hour", vcpu, hourly=True, note=note)


def replication_group(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """Cache nodes by the hour."""
    del document
    nodes = number(resource, "num_cache_clusters")
    if nodes is None:
        shards = number(resource, "num_node_groups", 1)
        replicas = number(resource, "replicas_per_node_group", 0)
        nodes = None if shards is None or replicas is None else shards * (ONE + replicas)
    engine = text(resource, "engine", "redis")
    yield Item("cache nodes", f"elasticache-{engine}", text(resource, "node_type", "?"), nodes, hourly=True)
    if number(resource, "snapshot_retention_limit", 0):
        yield Usage("cache snapshots", "GB beyond one snapshot")


def cache_cluster(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """Cache nodes by the hour; a member of a replication group is counted there."""
    del document
    if resource.get("replication_group_id") is None:
        service = f"elasticache-{text(resource, 'engine', 'redis')}"
        nodes = number(resource, "num_cache_nodes", 1)
        yield Item("cache nodes", service, text(resource, "node_type", "?"), nodes, hourly=True)


METERS: Final[Meters] = {
    "aws_db_instance": instance,
    "aws_db_proxy": proxy,
    "aws_elasticache_replication_group": replication_group,
    "aws_elasticache_cluster": cache_cluster,
    "aws_s3_bucket": used("bucket", "GB stored and requests"),
    "aws_s3_bucket_replication_configuration": used("replication", "GB copied"),
    "aws_sqs_queue": used("queue", "requests above one million"),
    "aws_sns_topic": used("topic", "requests and deliveries"),
    "aws_dynamodb_table": used("table", "requests and GB stored"),
    "aws_backup_plan": used("backups", "GB kept, and GB copied to another region"),
    "aws_db_instance_automated_backups_replication": used("backup copies", "GB kept and copied"),
}
