"""Attributes and resources that protect: which value is the safer one, and what is lost with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

Safer = Literal["on", "off", "more", "less", "present", "filled"]


class Guarding(Struct, frozen=True):
    """An attribute that protects, the direction in which it does, and the sentence about losing it."""

    path: str
    safer: Safer
    loss: str


def _all(safer: Safer, loss: str, *paths: str) -> tuple[Guarding, ...]:
    return tuple(Guarding(path, safer, loss) for path in paths)


DELETION: Final = Guarding("deletion_protection", "on", "one wrong destroy is enough to delete it")
FORCED: Final = Guarding("force_destroy", "off", "a destroy deletes it with everything in it")
KEPT_LOGS: Final = _all("filled", "these logs are no longer kept", "enabled_cloudwatch_logs_exports")
SNAPSHOT: Final = Guarding("skip_final_snapshot", "off", "destroying it leaves no final snapshot")
BACKUP_DAYS: Final = Guarding(
    "backup_retention_period", "more", "fewer days can be restored; 0 deletes the automated backups"
)

ATTRIBUTES: Final[Mapping[str, tuple[Guarding, ...]]] = {
    "aws_db_instance": (
        DELETION, SNAPSHOT, BACKUP_DAYS, *KEPT_LOGS,
        Guarding("multi_az", "on", "a zone that fails takes the database with it"),
        Guarding("delete_automated_backups", "off", "the automated backups go with the instance"),
        Guarding("storage_encrypted", "on", "the disks and snapshots are readable without a key"),
        Guarding("iam_database_authentication_enabled", "on", "passwords take the place of short-lived tokens"),
        Guarding("performance_insights_enabled", "on", "slow queries can no longer be explained"),
        Guarding("performance_insights_retention_period", "more", "the history of the load is shorter"),
        Guarding("monitoring_interval", "present", "the operating system is no longer measured"),
        Guarding("auto_minor_version_upgrade", "on", "security fixes wait for somebody to install them"),
        Guarding("copy_tags_to_snapshot", "on", "snapshots lose their owner and classification"),
        Guarding("publicly_accessible", "off", "the instance gets a public address"),
    ),
    "aws_rds_cluster": (
        DELETION, SNAPSHOT, BACKUP_DAYS, *KEPT_LOGS,
        Guarding("storage_encrypted", "on", "the disks and snapshots are readable without a key"),
    ),
    "aws_elasticache_replication_group": (
        Guarding("automatic_failover_enabled", "on", "a primary that fails stays failed"),
        Guarding("multi_az_enabled", "on", "a zone that fails takes the cache with it"),
        Guarding("snapshot_retention_limit", "more", "fewer days can be restored"),
        Guarding("at_rest_encryption_enabled", "on", "the disks are readable without a key"),
        Guarding("transit_encryption_enabled", "on", "sessions cross the network readable"),
        Guarding("user_group_ids", "filled", "whoever reaches the port may run every command"),
        Guarding("num_cache_clusters", "more", "fewer replicas stand ready to take over"),
        Guarding("final_snapshot_identifier", "present", "destroying it leaves no snapshot"),
    ),
    "aws_dynamodb_table": (
        Guarding("deletion_protection_enabled", "on", "one wrong destroy is enough to delete it"),
        Guarding("point_in_time_recovery.0.enabled", "on", "no moment of the last 35 days can be restored"),
    ),
    "aws_s3_bucket": (FORCED,),
    "aws_s3_bucket_public_access_block": _all(
        "on", "the bucket can be made public again",
        "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets",
    ),
    "aws_s3_account_public_access_block": _all(
        "on", "every bucket of the account can be made public again",
        "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets",
    ),
    "aws_kms_key": (
        Guarding("enable_key_rotation", "on", "the key is never rotated"),
        Guarding("deletion_window_in_days", "more", "there is less time to cancel its deletion"),
        Guarding("is_enabled", "on", "nothing it encrypts can be read"),
    ),
    "aws_secretsmanager_secret": (
        Guarding("recovery_window_in_days", "more", "a deleted secret can be restored for fewer days"),
    ),
    "aws_cloudwatch_log_group": (
        Guarding("kms_key_id", "present", "the logs are no longer under a key of ours"),
    ),
    "aws_cloudwatch_metric_alarm": (
        Guarding("actions_enabled", "on", "the alarm tells nobody"),
        Guarding("alarm_actions", "filled", "the alarm tells fewer people, or nobody"),
        Guarding("evaluation_periods", "less", "the alarm comes later"),
        Guarding("datapoints_to_alarm", "less", "the alarm comes later"),
    ),
    "aws_cloudwatch_composite_alarm": (
        Guarding("actions_enabled", "on", "the alarm tells nobody"),
        Guarding("alarm_actions", "filled", "the alarm tells fewer people, or nobody"),
    ),
    "aws_cloudtrail": (
        Guarding("enable_logging", "on", "nothing done in the account is recorded"),
        Guarding("enable_log_file_validation", "on", "a changed log file is no longer noticed"),
        Guarding("is_multi_region_trail", "on", "what is done in other regions is not recorded"),
        Guarding("include_global_service_events", "on", "what is done to IAM is not recorded"),
        Guarding("kms_key_id", "present", "the trail is no longer under a key of ours"),
        Guarding("cloud_watch_logs_group_arn", "present", "no alarm can read the trail"),
    ),
    "aws_guardduty_detector": (Guarding("enable", "on", "threats are no longer looked for"),),
    "aws_config_configuration_recorder_status": (
        Guarding("is_enabled", "on", "configuration changes are no longer recorded"),
    ),
    "aws_lb": (
        Guarding("enable_deletion_protection", "on", "one wrong destroy is enough to delete it"),
        Guarding("drop_invalid_header_fields", "on", "malformed headers reach the services"),
        Guarding("access_logs.0.enabled", "on", "requests are no longer recorded"),
    ),
    "aws_ecs_service": (
        Guarding("deployment_circuit_breaker.0.enable", "on", "a broken release is retried for ever"),
        Guarding("deployment_circuit_breaker.0.rollback", "on", "a broken release is not taken back"),
    ),
    "aws_ecr_repository": (
        Guarding("force_delete", "off", "a destroy deletes it with every image"),
        Guarding("image_scanning_configuration.0.scan_on_push", "on", "images are not looked through"),
    ),
    "aws_backup_vault": (FORCED,),
    "aws_backup_vault_lock_configuration": (
        Guarding("min_retention_days", "more", "recovery points may be deleted sooner"),
    ),
    "aws_sqs_queue": (
        Guarding("message_retention_seconds", "more", "messages that nobody reads are dropped sooner"),
        Guarding("redrive_policy", "present", "a message that fails is tried until it expires"),
        Guarding("kms_master_key_id", "present", "messages are no longer under a key of ours"),
    ),
    "aws_sns_topic": (Guarding("kms_master_key_id", "present", "messages are no longer under a key of ours"),),
    "aws_iam_role": (Guarding("permissions_boundary", "present", "the role may be given anything"),),
    "aws_efs_file_system": (Guarding("encrypted", "on", "the files are readable without a key"),),
    "aws_ebs_volume": (Guarding("encrypted", "on", "the disk is readable without a key"),),
    "aws_cognito_user_pool": (Guarding("deletion_protection", "present", "one wrong destroy deletes every user"),),
    "aws_appautoscaling_target": (
        Guarding("max_capacity", "more", "it scales out less far under load"),
        Guarding("min_capacity", "more", "fewer tasks stand ready"),
    ),
    "aws_autoscaling_group": (
        Guarding("max_size", "more", "it scales out less far under load"),
        Guarding("min_size", "more", "fewer instances stand ready"),
    ),
}  # fmt: skip

# What protects by being there: the sentence about its deletion.
RESOURCES: Final[Mapping[str, str]] = {
    "aws_accessanalyzer_analyzer": "access from outside of the account is no longer found",
    "aws_appautoscaling_policy": "it no longer scales by itself",
    "aws_appautoscaling_scheduled_action": "it no longer scales before the known peaks",
    "aws_appautoscaling_target": "it no longer scales by itself",
    "aws_backup_plan": "nothing is backed up by this plan any more",
    "aws_backup_selection": "what it selects is no longer backed up",
    "aws_backup_vault_lock_configuration": "recovery points can be deleted before their time",
    "aws_backup_vault_notifications": "failed backups are told to nobody",
    "aws_backup_vault_policy": "nothing forbids to delete recovery points",
    "aws_budgets_budget": "nobody is told when the bill runs away",
    "aws_ce_anomaly_monitor": "unusual cost is no longer noticed",
    "aws_ce_anomaly_subscription": "unusual cost is told to nobody",
    "aws_cloudtrail": "what is done in the account is no longer recorded",
    "aws_cloudwatch_composite_alarm": "nobody is called",
    "aws_cloudwatch_log_metric_filter": "the alarm that counts these log lines falls silent",
    "aws_cloudwatch_log_resource_policy": "services may no longer write their logs",
    "aws_cloudwatch_metric_alarm": "nobody is told when it goes wrong",
    "aws_config_configuration_recorder": "configuration changes are no longer recorded",
    "aws_config_configuration_recorder_status": "configuration changes are no longer recorded",
    "aws_config_config_rule": "the rule is no longer judged",
    "aws_config_conformance_pack": "its rules are no longer judged",
    "aws_config_delivery_channel": "recorded configuration is delivered nowhere",
    "aws_ecr_lifecycle_policy": "old images are kept for ever",
    "aws_ecr_registry_scanning_configuration": "images are no longer looked through",
    "aws_flow_log": "the traffic of the network is no longer recorded",
    "aws_guardduty_detector": "threats are no longer looked for",
    "aws_guardduty_detector_feature": "this kind of threat is no longer looked for",
    "aws_iam_account_password_policy": "weak passwords are accepted again",
    "aws_inspector2_enabler": "images and instances are no longer searched for known weaknesses",
    "aws_network_acl": "the subnets fall back to the default list, which lets everything through",
    "aws_s3_account_public_access_block": "every bucket of the account can be made public",
    "aws_s3_bucket_lifecycle_configuration": "nothing expires, and old versions are kept for ever",
    "aws_s3_bucket_logging": "requests to the bucket are no longer recorded",
    "aws_s3_bucket_object_lock_configuration": "objects can be deleted before their time",
    "aws_s3_bucket_ownership_controls": "objects may belong to others again",
    "aws_s3_bucket_policy": "requests without TLS are no longer refused",
    "aws_s3_bucket_public_access_block": "the bucket can be made public",
    "aws_s3_bucket_replication_configuration": "objects are no longer copied elsewhere",
    "aws_s3_bucket_server_side_encryption_configuration": "objects are no longer under a key of ours",
    "aws_s3_bucket_versioning": "an overwritten object cannot be brought back",
    "aws_secretsmanager_secret_rotation": "the secret is no longer rotated",
    "aws_securityhub_account": "the account is no longer measured against its standards",
    "aws_securityhub_standards_subscription": "this standard is no longer measured",
    "aws_sns_topic_policy": "requests without TLS are no longer refused",
    "aws_sns_topic_subscription": "fewer people are told",
    "aws_sqs_queue_policy": "requests without TLS are no longer refused",
    "aws_sqs_queue_redrive_policy": "a message that fails is tried until it expires",
    "aws_wafv2_web_acl": "attacks are no longer filtered",
    "aws_wafv2_web_acl_association": "attacks are no longer filtered",
    "aws_wafv2_web_acl_logging_configuration": "filtered requests are no longer recorded",
}  # fmt: skip
