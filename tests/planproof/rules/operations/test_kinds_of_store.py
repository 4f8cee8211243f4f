"""Every kind of data store is asked, not only the kinds that our platform has."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules
from planproof.settings import Settings

RULES = {rule.id: rule for rule in rules()}
ALONE = Settings()


def said(kind: str, body: dict[str, Any], rule: str) -> list[str]:
    """The paths at which a rule finds fault with one resource in an environment without a contract."""
    document = parse({"resource": {kind: {"store": body}}}, name="prod", source="prod")
    return [one.path for one in judge((document,), [RULES[rule]], ALONE).findings]


@pytest.mark.parametrize(
    ("kind", "body", "rule", "path"),
    [
        ("aws_docdb_cluster", {}, "fleeting-database-backup", "backup_retention_period"),
        ("aws_docdb_cluster", {"skip_final_snapshot": True}, "missing-final-snapshot", "skip_final_snapshot"),
        ("aws_docdb_cluster", {}, "missing-final-snapshot", "final_snapshot_identifier"),
        ("aws_docdb_cluster", {}, "deletable-database", "deletion_protection"),
        ("aws_docdb_cluster", {}, "uncovered-store", "aws_backup_selection"),
        ("aws_neptune_cluster", {"backup_retention_period": 1}, "fleeting-database-backup", "backup_retention_period"),
        ("aws_neptune_cluster", {}, "deletable-database", "deletion_protection"),
        ("aws_neptune_cluster", {}, "untagged-snapshot", "copy_tags_to_snapshot"),
        ("aws_neptune_cluster", {}, "uncovered-store", "aws_backup_selection"),
        ("aws_redshift_cluster", {}, "fleeting-database-backup", "automated_snapshot_retention_period"),
        ("aws_redshift_cluster", {"skip_final_snapshot": True}, "missing-final-snapshot", "skip_final_snapshot"),
        ("aws_redshift_cluster", {}, "uncovered-store", "aws_backup_selection"),
        ("aws_rds_global_cluster", {}, "deletable-database", "deletion_protection"),
        ("aws_fsx_ontap_file_system", {}, "fleeting-database-backup", "automatic_backup_retention_days"),
        ("aws_fsx_windows_file_system", {"skip_final_backup": True}, "missing-final-snapshot", "skip_final_backup"),
        ("aws_fsx_windows_file_system", {}, "uncovered-store", "aws_backup_selection"),
        ("aws_lightsail_database", {"backup_retention_enabled": False}, "fleeting-database-backup",
         "backup_retention_enabled"),
        ("aws_memorydb_cluster", {}, "unbacked-cache", "snapshot_retention_limit"),
        ("aws_memorydb_cluster", {}, "vanishing-cache", "final_snapshot_name"),
        ("aws_elasticache_cluster", {"engine": "redis"}, "unbacked-cache", "snapshot_retention_limit"),
        ("aws_elasticache_serverless_cache", {"engine": "valkey"}, "unbacked-cache", "snapshot_retention_limit"),
        ("aws_keyspaces_table", {}, "coarse-table", "point_in_time_recovery.0.status"),
        ("aws_dynamodb_table_replica", {}, "coarse-table", "point_in_time_recovery"),
        ("aws_dynamodb_table_replica", {}, "deletable-table", "deletion_protection_enabled"),
        ("aws_ebs_volume", {}, "uncovered-store", "aws_backup_selection"),
    ],
)  # fmt: skip
def test_store_is_asked(kind: str, body: dict[str, Any], rule: str, path: str) -> None:
    """A ledger in DocumentDB is as lost without a backup as one in RDS."""
    assert path in said(kind, body, rule)


@pytest.mark.parametrize(
    ("kind", "body", "rule"),
    [
        ("aws_fsx_windows_file_system", {}, "fleeting-database-backup"),
        ("aws_fsx_lustre_file_system", {"automatic_backup_retention_days": 0}, "fleeting-database-backup"),
        ("aws_fsx_lustre_file_system", {"deployment_type": "SCRATCH_2"}, "missing-final-snapshot"),
        ("aws_fsx_ontap_volume", {"ontap_volume_type": "DP", "skip_final_backup": True}, "missing-final-snapshot"),
        ("aws_neptune_cluster", {"replication_source_identifier": "arn:aws:rds:x"}, "fleeting-database-backup"),
        ("aws_elasticache_cluster", {"engine": "memcached"}, "unbacked-cache"),
        ("aws_elasticache_cluster", {"replication_group_id": "sessions"}, "vanishing-cache"),
        ("aws_qldb_ledger", {}, "deletable-database"),
        ("aws_lightsail_database", {}, "fleeting-database-backup"),
    ],
)
def test_what_cannot_be_kept_is_not_asked(kind: str, body: dict[str, Any], rule: str) -> None:
    """Memcached has no snapshots and a scratch file system no backups: to ask for them is noise."""
    assert said(kind, body, rule) == []


def test_pattern_of_a_kind_covers_it() -> None:
    """A backup plan that names every DynamoDB table covers each of them, and no cluster."""
    resources = {
        "aws_backup_plan": {"main": {"name": "main"}},
        "aws_backup_selection": {
            "tables": {"plan_id": "${aws_backup_plan.main.id}", "resources": ["arn:aws:dynamodb:*:*:table/*"]}
        },
        "aws_dynamodb_table": {"entries": {"name": "entries"}},
        "aws_docdb_cluster": {"papers": {}},
    }
    document = parse({"resource": resources}, name="prod", source="prod")
    found = judge((document,), [RULES["uncovered-store"]], ALONE).findings

    assert [one.resource.address for one in found] == ["aws_docdb_cluster.papers"]


def test_file_system_may_be_backed_up_by_its_own_policy() -> None:
    """EFS hands itself to AWS Backup when its backup policy says so; a disabled one does not."""
    for status, expected in (("ENABLED", []), ("DISABLED", ["aws_backup_selection"])):
        resources = {
            "aws_efs_file_system": {"papers": {}},
            "aws_efs_backup_policy": {
                "papers": {"file_system_id": "${aws_efs_file_system.papers.id}", "backup_policy": {"status": status}}
            },
        }
        document = parse({"resource": resources}, name="prod", source="prod")

        assert [one.path for one in judge((document,), [RULES["uncovered-store"]], ALONE).findings] == expected
