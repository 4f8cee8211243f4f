"""The resource types that AWS does not bill for by themselves.

A type that is neither here nor has a meter is said to have no known price: silence would be a zero.
"""

from __future__ import annotations

from typing import Final

FREE: Final = frozenset(
    {
        "aws_account_alternate_contact", "aws_acm_certificate", "aws_acm_certificate_validation",
        "aws_backup_region_settings", "aws_backup_selection", "aws_backup_vault",
        "aws_backup_vault_lock_configuration", "aws_backup_vault_notifications", "aws_backup_vault_policy",
        "aws_budgets_budget", "aws_ce_anomaly_monitor", "aws_ce_anomaly_subscription",
        "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_cloudwatch_log_resource_policy",
        "aws_cloudwatch_log_subscription_filter", "aws_config_configuration_recorder_status",
        "aws_config_delivery_channel", "aws_config_retention_configuration", "aws_db_instance_role_association",
        "aws_db_event_subscription", "aws_db_option_group", "aws_db_parameter_group",
        "aws_db_proxy_default_target_group", "aws_db_proxy_target", "aws_db_subnet_group",
        "aws_default_network_acl", "aws_default_route_table", "aws_default_security_group", "aws_default_vpc",
        "aws_ebs_default_kms_key", "aws_ebs_encryption_by_default", "aws_ec2_managed_prefix_list",
        "aws_ec2_serial_console_access", "aws_ec2_instance_metadata_defaults", "aws_ecr_lifecycle_policy",
        "aws_ecr_registry_scanning_configuration", "aws_ecr_repository_policy",
        "aws_ecs_account_setting_default", "aws_ecs_cluster_capacity_providers", "aws_ecs_task_definition",
        "aws_egress_only_internet_gateway", "aws_elasticache_parameter_group", "aws_elasticache_subnet_group",
        "aws_elasticache_user", "aws_elasticache_user_group", "aws_elasticache_user_group_association",
        "aws_guardduty_publishing_destination", "aws_internet_gateway", "aws_kms_alias", "aws_kms_grant",
        "aws_kms_key_policy", "aws_lb_listener", "aws_lb_listener_certificate", "aws_lb_listener_rule",
        "aws_lb_target_group", "aws_lb_target_group_attachment", "aws_main_route_table_association",
        "aws_network_acl", "aws_network_acl_association", "aws_network_acl_rule", "aws_resourcegroups_group",
        "aws_route", "aws_route53_record", "aws_route53_vpc_association_authorization",
        "aws_route53_zone_association", "aws_route_table", "aws_route_table_association",
        "aws_s3_account_public_access_block", "aws_scheduler_schedule_group",
        "aws_secretsmanager_secret_policy", "aws_secretsmanager_secret_rotation",
        "aws_secretsmanager_secret_version", "aws_security_group", "aws_security_group_rule",
        "aws_securityhub_finding_aggregator", "aws_securityhub_standards_control",
        "aws_securityhub_standards_subscription", "aws_service_discovery_http_namespace",
        "aws_service_discovery_service", "aws_sns_topic_policy", "aws_sns_topic_subscription",
        "aws_sqs_queue_policy", "aws_sqs_queue_redrive_allow_policy", "aws_sqs_queue_redrive_policy",
        "aws_ssm_service_setting", "aws_subnet", "aws_vpc", "aws_vpc_block_public_access_options",
        "aws_vpc_dhcp_options", "aws_vpc_dhcp_options_association", "aws_vpc_endpoint_policy",
        "aws_vpc_endpoint_route_table_association", "aws_vpc_endpoint_security_group_association",
        "aws_vpc_endpoint_subnet_association", "aws_vpc_security_group_egress_rule",
        "aws_vpc_security_group_ingress_rule", "aws_wafv2_ip_set", "aws_wafv2_regex_pattern_set",
        "aws_wafv2_web_acl_association", "aws_wafv2_web_acl_logging_configuration",
    }
)  # fmt: skip
FREE_FAMILIES: Final = (
    "aws_iam_",
    "aws_appautoscaling_",
    "aws_s3_bucket_",
    "aws_cloudwatch_query_",
    "random_",
    "time_",
    "tls_",
)


def is_free(resource_type: str) -> bool:
    """Tell whether AWS bills nothing for the type itself."""
    return resource_type in FREE or resource_type.startswith(FREE_FAMILIES)
