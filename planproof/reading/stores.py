"""What each kind of data store calls its backups, its last snapshot and its protection, and what silence means.

Attributes as the AWS provider 5.100 has them. A default is what the provider or AWS takes when nothing is written:
https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from planproof.document import Document, Resource, among
from planproof.rule import Filter

WINDOWS: Final = "aws_fsx_windows_file_system"
LUSTRE: Final = "aws_fsx_lustre_file_system"
ONTAP: Final = "aws_fsx_ontap_file_system"
VOLUME: Final = "aws_fsx_ontap_volume"
ZFS: Final = "aws_fsx_openzfs_file_system"
CACHE: Final = "aws_elasticache_cluster"
SERVERLESS: Final = "aws_elasticache_serverless_cache"
SNAPSHOT: Final = "final_snapshot_identifier"


class Setting(Struct, frozen=True):
    """One attribute, and what it is when it is not written; None when nobody publishes that."""

    path: str
    default: Any = None


class Last(Struct, frozen=True):
    """The attribute that leaves the last snapshot out, its default, and the one that names it where one must."""

    skip: str
    default: bool = False
    name: str | None = None


BACKUP_DAYS: Final = {
    "aws_db_instance": Setting("backup_retention_period", 0),
    "aws_rds_cluster": Setting("backup_retention_period", 1),
    "aws_docdb_cluster": Setting("backup_retention_period", 1),
    "aws_docdbelastic_cluster": Setting("backup_retention_period", 1),
    "aws_neptune_cluster": Setting("backup_retention_period", 1),
    "aws_redshift_cluster": Setting("automated_snapshot_retention_period", 1),
    WINDOWS: Setting("automatic_backup_retention_days", 7),
    LUSTRE: Setting("automatic_backup_retention_days"),
    ONTAP: Setting("automatic_backup_retention_days", 0),
    ZFS: Setting("automatic_backup_retention_days", 0),
}
LAST: Final = {
    "aws_db_instance": Last("skip_final_snapshot", name=SNAPSHOT),
    "aws_rds_cluster": Last("skip_final_snapshot", name=SNAPSHOT),
    "aws_docdb_cluster": Last("skip_final_snapshot", name=SNAPSHOT),
    "aws_neptune_cluster": Last("skip_final_snapshot", name=SNAPSHOT),
    "aws_redshift_cluster": Last("skip_final_snapshot", name=SNAPSHOT),
    "aws_lightsail_database": Last("skip_final_snapshot", name="final_snapshot_name"),
    WINDOWS: Last("skip_final_backup"),
    LUSTRE: Last("skip_final_backup", default=True),
    VOLUME: Last("skip_final_backup"),
    ZFS: Last("skip_final_backup"),
}
PROTECTED: Final = {
    "aws_db_instance": Setting("deletion_protection", default=False),
    "aws_rds_cluster": Setting("deletion_protection", default=False),
    "aws_rds_global_cluster": Setting("deletion_protection", default=False),
    "aws_docdb_cluster": Setting("deletion_protection", default=False),
    "aws_docdb_global_cluster": Setting("deletion_protection", default=False),
    "aws_neptune_cluster": Setting("deletion_protection", default=False),
    "aws_neptune_global_cluster": Setting("deletion_protection", default=False),
    "aws_dsql_cluster": Setting("deletion_protection_enabled", default=False),
    "aws_neptunegraph_graph": Setting("deletion_protection", default=True),
    "aws_qldb_ledger": Setting("deletion_protection", default=True),
}
TAGGED: Final = {
    "aws_db_instance": "copy_tags_to_snapshot",
    "aws_rds_cluster": "copy_tags_to_snapshot",
    "aws_neptune_cluster": "copy_tags_to_snapshot",
    WINDOWS: "copy_tags_to_backups",
    LUSTRE: "copy_tags_to_backups",
    VOLUME: "copy_tags_to_backups",
    ZFS: "copy_tags_to_backups",
}
CACHE_SNAPSHOTS: Final = ("aws_elasticache_replication_group", CACHE, SERVERLESS, "aws_memorydb_cluster")
LAST_CACHE_SNAPSHOT: Final = {
    "aws_elasticache_replication_group": SNAPSHOT,
    CACHE: SNAPSHOT,
    "aws_memorydb_cluster": "final_snapshot_name",
}


def is_copy(store: Resource) -> bool:
    """Whether a store takes its data, and its backups with them, from another one, or holds none that lasts."""
    if store.get("replicate_source_db") is not None or store.get("replication_source_identifier") is not None:
        return True
    if store.type == VOLUME:
        return bool(store.get("ontap_volume_type") == "DP")
    return store.type == LUSTRE and not str(store.get("deployment_type", "SCRATCH_1")).startswith("PERSISTENT")


def takes_snapshots(cache: Resource) -> bool:
    """Whether a cache can be kept in a snapshot: Memcached cannot, and a member's group is asked instead."""
    if cache.type == CACHE and cache.get("replication_group_id") is not None:
        return False
    return cache.type not in {CACHE, SERVERLESS} or among(cache.get("engine"), {"redis", "valkey"})


def source(kind: str) -> Filter:
    """Choose the stores of a kind that are no copies."""

    def chosen(store: Resource, document: Document) -> bool:
        del document
        return store.type == kind and not is_copy(store)

    return chosen
