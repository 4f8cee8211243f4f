"""What holds data, and what is left of it when the resource is destroyed.

A guard is read from the resource as it is now: Terraform destroys with the values in its state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct

Values = Mapping[str, Any]
RDS: Final = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"
AURORA: Final = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html"
CACHE: Final = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.Delete.html"
BUCKET: Final = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html"
KMS: Final = "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"
RECOVERY: Final = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html"
QUEUE: Final = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html"
LOGS: Final = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html"
VAULT: Final = "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
IMAGES: Final = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-delete.html"
TABLE: Final = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html"
FILES: Final = "https://docs.aws.amazon.com/efs/latest/ug/delete-efs-fs.html"
DISK: Final = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html"
USERS: Final = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html"
STREAM: Final = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html"
REFUSED: Final = "AWS refuses while deletion protection is on: the apply will stop there"


class Store(Struct, frozen=True):
    """A kind of resource that holds data: what is in it, what guards it, where AWS says so."""

    holds: str
    guard: Callable[[Values], str]
    source: str


def _nothing(values: Values) -> str:
    del values
    return ""


def _final_snapshot(values: Values) -> str:
    """What an RDS instance or cluster leaves behind."""
    if values.get("deletion_protection") is True:
        return REFUSED
    if values.get("replicate_source_db"):
        return "it is a replica: the rows stay in its source"
    name = values.get("final_snapshot_identifier")
    if values.get("skip_final_snapshot") is not True and name:
        return f"a final snapshot called {name}"
    days = values.get("backup_retention_period") or 0
    if values.get("delete_automated_backups") is False and days:
        return f"automated backups for {days} days"
    return ""


def _named_snapshot(values: Values) -> str:
    name = values.get("final_snapshot_identifier") or values.get("final_snapshot_name")
    return f"a final snapshot called {name}" if name else ""


def _refused_when_full(values: Values) -> str:
    forced = values.get("force_destroy") is True or values.get("force_delete") is True
    return "" if forced else "AWS refuses while it is not empty: the apply will stop there"


def _key(values: Values) -> str:
    days = values.get("deletion_window_in_days") or 30
    return f"the deletion can be cancelled for {days} days; until then nothing it encrypts can be read"


def _secret(values: Values) -> str:
    days = values.get("recovery_window_in_days")
    days = 30 if days is None else days
    return f"it can be restored for {days} days" if days else ""


def _log(values: Values) -> str:
    return "skip_destroy leaves the log group in the account" if values.get("skip_destroy") is True else ""


def _table(values: Values) -> str:
    if values.get("deletion_protection_enabled") is True:
        return REFUSED
    recovery = values.get("point_in_time_recovery")
    first = recovery[0] if isinstance(recovery, list) and recovery else {}
    return "a system backup for 35 days" if first.get("enabled") is True else ""


def _disk(values: Values) -> str:
    return "a final snapshot" if values.get("final_snapshot") is True else ""


def _users(values: Values) -> str:
    return REFUSED if values.get("deletion_protection") == "ACTIVE" else ""


def _kept_copy(values: Values) -> str:
    return REFUSED if values.get("deletion_protection_enabled") is True else ""


STORES: Final[Mapping[str, Store]] = {
    "aws_db_instance": Store("the rows of the database", _final_snapshot, RDS),
    "aws_rds_cluster": Store("the rows of the cluster", _final_snapshot, AURORA),
    "aws_docdb_cluster": Store("the documents of the cluster", _final_snapshot, AURORA),
    "aws_neptune_cluster": Store("the graph of the cluster", _final_snapshot, AURORA),
    "aws_redshift_cluster": Store("the rows of the warehouse", _final_snapshot, RDS),
    "aws_db_snapshot": Store("a snapshot of a database", _nothing, RDS),
    "aws_db_cluster_snapshot": Store("a snapshot of a cluster", _nothing, AURORA),
    "aws_elasticache_replication_group": Store("everything in the cache", _named_snapshot, CACHE),
    "aws_elasticache_cluster": Store("everything in the cache", _named_snapshot, CACHE),
    "aws_elasticache_serverless_cache": Store("everything in the cache", _named_snapshot, CACHE),
    "aws_memorydb_cluster": Store("everything in the cluster", _named_snapshot, CACHE),
    "aws_s3_bucket": Store("the objects in the bucket", _refused_when_full, BUCKET),
    "aws_s3_object": Store("an object", _nothing, BUCKET),
    "aws_sqs_queue": Store("the messages that wait in the queue", _nothing, QUEUE),
    "aws_kinesis_stream": Store("the records of the stream", _nothing, STREAM),
    "aws_kms_key": Store("everything encrypted under the key", _key, KMS),
    "aws_secretsmanager_secret": Store("the secret", _secret, RECOVERY),
    "aws_ssm_parameter": Store("the parameter", _nothing, "https://docs.aws.amazon.com/systems-manager/latest/userguide/delete-parameters.html"),
    "aws_cloudwatch_log_group": Store("the logs", _log, LOGS),
    "aws_backup_vault": Store("the recovery points", _refused_when_full, VAULT),
    "aws_ecr_repository": Store("the images", _refused_when_full, IMAGES),
    "aws_dynamodb_table": Store("the items of the table", _table, TABLE),
    "aws_efs_file_system": Store("the files", _nothing, FILES),
    "aws_fsx_lustre_file_system": Store("the files", _nothing, FILES),
    "aws_fsx_ontap_file_system": Store("the files", _nothing, FILES),
    "aws_ebs_volume": Store("the blocks of the volume", _disk, DISK),
    "aws_ebs_snapshot": Store("a snapshot of a volume", _nothing, DISK),
    "aws_opensearch_domain": Store("the indexes of the domain", _nothing, "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DeleteDomain.html"),
    "aws_msk_cluster": Store("the topics of the cluster", _nothing, "https://docs.aws.amazon.com/msk/latest/developerguide/msk-delete-cluster.html"),
    "aws_mq_broker": Store("the messages of the broker", _nothing, "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-deleting-broker.html"),
    "aws_cognito_user_pool": Store("the users", _users, USERS),
    "aws_cloudtrail_event_data_store": Store("the recorded events", _kept_copy, "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store-delete.html"),
    "aws_timestreamwrite_table": Store("the measurements", _nothing, "https://docs.aws.amazon.com/timestream/latest/developerguide/API_DeleteTable.html"),
}  # fmt: skip
