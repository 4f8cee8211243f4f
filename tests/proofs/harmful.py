"""Which faults harm, and why: the reason of each line is a claim about the business, not about our rules.

A line is an operator, a pattern of `type.path` (positions in lists are `*`)
and the reason. `EXCUSED` comes first: what an operator makes there is refused
by Terraform or AWS, means the same, or is a matter of taste, so that it says
nothing about a judge.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final

Line = tuple[str, str, str]

EXCUSED: Final[tuple[Line, ...]] = (
    ("*", "aws_cloudwatch_dashboard.*", "a picture for people; no machine depends on it"),
    ("deleted", "aws_cloudwatch_dashboard", "a picture for people; no machine depends on it"),
    ("flipped", "*.metrics.*.return_data", "AWS refuses a tracking policy without exactly one result"),
    ("flipped", "aws_route53_record.allow_overwrite", "only lets a second certificate share the proof of the first"),
    ("flipped", "*.allow_users_to_change_password", "who may set a password is a matter of taste: there are no users"),
    ("flipped", "*.manage_master_user_password", "false is refused by the provider; only true or absent is taken"),
    ("flipped", "*.initProcessEnabled", "a matter of taste: who reaps processes inside a container"),
    ("flipped", "*.enable_ecs_managed_tags", "tags of AWS beside ours"),
    ("flipped", "*.sampled_requests_enabled", "samples for people; blocking and counting go on"),
    ("flipped", "*.bucket_key_enabled", "fewer calls to KMS; what is stored is as encrypted"),
    ("flipped", "*.enable_default_standards", "more standards than were chosen"),
    ("flipped", "*.evaluate_target_health", "there is one target; its health changes no answer"),
    ("flipped", "*.allow_major_version_upgrade", "permits only what somebody asks for in another change"),
    (
        "retargeted",
        "aws_acm_certificate_validation.*",
        "a record of another name: AWS waits and refuses the certificate",
    ),
    ("retargeted", "aws_iam_role_policy.role", "the same permission given to another role is a fault of the next line"),
    ("removed", "aws_sqs_queue.message_retention_seconds", "AWS keeps a message for four days: long enough to notice"),
    ("removed", "*.recovery_window_in_days", "AWS's default is thirty days, the longest there is"),
    ("deleted", "aws_kms_alias", "a name for people; nothing of ours resolves it"),
    ("shrunk", "*.snapshot_retention_limit", "sessions and idempotency keys live a day: one snapshot a day holds them"),
    ("retargeted", "aws_kms_alias.*", "a name for people; nothing of ours resolves it"),
    ("retargeted", "*.log_delivery_configuration.*.destination", "the two logs of the cache swap their places"),
    ("shrunk", "aws_appautoscaling_policy.*.scale_out_cooldown", "quicker growth is a matter of taste"),
    ("widened", "aws_vpc.*", "AWS refuses a network larger than /16"),
    ("widened", "aws_subnet.*", "AWS refuses a subnet larger than /16"),
    (
        "widened",
        "aws_network_acl.*gress.*.from_port",
        "returning traffic needs the whole range; the other end is widened",
    ),
    ("widened", "aws_network_acl.egress.*.to_port", "the same neighbours get answers on all ports above 1023 already"),
    ("removed", "*.max_retention_days", "the lock then bounds only from below, and the plan still ends each backup"),
    ("widened", "*.assume_role_policy.*.Action", "STS knows few actions and a trust policy takes all that fit"),
)

HARMFUL: Final[tuple[Line, ...]] = (
    ("deleted", "*", "what the platform needs and somebody declared is not there"),
    ("flipped", "*", "a switch that guards data, money or service stands the other way"),
    ("retargeted", "*kms*", "data is under a key whose policy and grants are for another kind of data"),
    ("retargeted", "*key_id*", "data is under a key whose policy and grants are for another kind of data"),
    ("retargeted", "*subnet*", "a part stands in a tier or a zone that was not meant"),
    ("retargeted", "*security_group*", "a door opens for somebody else and stays closed for the one it was made for"),
    ("retargeted", "*role*", "a part acts with permissions made for another one"),
    ("retargeted", "*bucket*", "a bucket is left without its setting"),
    ("retargeted", "*policy*", "a permission covers a resource that it was not meant for"),
    ("retargeted", "*", "the part that was pointed to is left without the one that points"),
    ("widened", "*.Condition", "whoever the condition kept out may"),
    ("widened", "*.Principal", "anybody may"),
    ("widened", "*.Action", "all actions are allowed"),
    ("widened", "*.Resource", "all resources are open to it"),
    ("widened", "aws_vpc_security_group_*", "ports are open on which nobody is meant to listen"),
    ("widened", "aws_network_acl.*", "the access list lets strangers or more ports pass"),
    ("shrunk", "*retention*", "what is needed to recover or to prove is deleted too early"),
    ("shrunk", "*days*", "what is needed to recover or to prove is deleted too early"),
    ("shrunk", "*.num_cache_clusters", "one node: its loss is an outage"),
    ("shrunk", "*.min_capacity", "one task: its loss is an outage"),
    ("shrunk", "*.max_capacity", "the service cannot grow"),
    ("shrunk", "*.scale_in_cooldown", "tasks are taken away as soon as load falls for a moment"),
    ("shrunk", "*_port", "nobody listens there, or more ports are open than meant"),
    ("shrunk", "*.port", "nobody listens there"),
    ("shrunk", "aws_iam_account_password_policy.minimum_password_length", "a password of one character"),
    (
        "shrunk",
        "aws_iam_account_password_policy.password_reuse_prevention",
        "an old, leaked password may be taken again",
    ),
    ("shrunk", "*.maxReceiveCount", "one hiccup puts a good message among the dead letters"),
    ("shrunk", "*.visibility_timeout_seconds", "a receipt is worked on twice"),
    ("shrunk", "*.SourceAccount", "the caller it was made for is kept out"),
    ("shrunk", "*.deployment_minimum_healthy_percent", "a deployment takes the service down"),
    ("removed", "*.kms_*", "the data is no longer under our key"),
    ("removed", "*_kms_key_*", "the data is no longer under our key"),
    ("removed", "*kms_master_key_id", "the data is no longer under our key"),
    ("removed", "*.encryption_configuration", "images are no longer under our key"),
    ("removed", "*.storage_encrypted", "not encrypted: AWS's default"),
    ("removed", "*_encryption_enabled", "not encrypted: AWS's default"),
    ("removed", "*retention*", "kept for ever, or for AWS's short default"),
    ("removed", "*.deletion_protection", "one command deletes it: AWS's default"),
    ("removed", "*.enable_deletion_protection", "one command deletes it: AWS's default"),
    ("removed", "*.multi_az*", "in one zone: AWS's default"),
    ("removed", "*.automatic_failover_enabled", "nobody takes over: AWS's default"),
    ("removed", "*.iam_database_authentication_enabled", "passwords instead of short-lived tokens: AWS's default"),
    ("removed", "*.manage_master_user_password", "nobody keeps the master password"),
    ("removed", "*.copy_tags_to_snapshot", "nobody knows whose snapshot it is: AWS's default"),
    ("removed", "*.enabled_cloudwatch_logs_exports", "the database's log stays inside"),
    ("removed", "*.monitoring_interval", "no metrics of the operating system: AWS's default"),
    ("removed", "*.performance_insights_enabled", "nobody sees what the database does: AWS's default"),
    ("removed", "*.final_snapshot_identifier", "deleting it leaves nothing to go back to, or fails half way"),
    ("removed", "*.max_allocated_storage", "a full disk stops the database"),
    ("removed", "*.parameter_group_name", "AWS's parameters: TLS is not forced"),
    ("removed", "*.db_subnet_group_name", "the database moves to the default network"),
    ("removed", "*.subnet_group_name", "the cache moves to the default network"),
    ("removed", "*.vpc_security_group_ids", "the default group guards it"),
    ("removed", "*.security_group_ids", "the default group guards it"),
    ("removed", "*.security_groups", "the default group guards it"),
    ("removed", "*.user_group_ids", "everybody who reaches the cache is let in"),
    ("removed", "*.log_delivery_configuration", "the cache's log stays inside"),
    ("removed", "aws_db_parameter_group.parameter*", "TLS is not forced or a log is not written"),
    ("removed", "*.require_tls", "passwords travel in the clear: AWS's default"),
    ("removed", "*.iam_auth", "passwords instead of short-lived tokens: AWS's default"),
    ("removed", "*.drop_invalid_header_fields", "request smuggling: AWS's default lets them pass"),
    ("removed", "aws_lb.access_logs", "nobody knows who asked for what"),
    ("removed", "*.ssl_policy", "old TLS: AWS's default"),
    ("removed", "*.alarm_actions", "an alarm that nobody hears"),
    ("removed", "*.image_scanning_configuration", "known holes in images stay unseen"),
    ("removed", "*.image_tag_mutability", "what runs is not what was tested: AWS's default is mutable"),
    ("removed", "*.cloud_watch_logs_group_arn", "no alarm sees a call: they read the log group"),
    ("removed", "*.enable_log_file_validation", "nobody can prove that the trail is whole: AWS's default"),
    ("removed", "*.is_multi_region_trail", "calls in other regions are unseen: AWS's default"),
    ("removed", "*.enable_key_rotation", "one key for ever: AWS's default"),
    ("removed", "aws_kms_key.policy", "AWS's default policy: the services that need the key are kept out"),
    ("removed", "aws_iam_role.permissions_boundary", "nothing bounds what the role may be given"),
    ("removed", "aws_iam_role.*.Condition", "whoever the condition kept out may assume the role"),
    ("removed", "aws_kms_key.*.Condition", "whoever the condition kept out may use the key"),
    ("removed", "aws_iam_role_policy.policy.Statement.*.Action.*", "a call that the part needs is refused"),
    ("removed", "aws_iam_role_policy.policy.Statement.*.Resource.*", "a call that the part needs is refused"),
    ("removed", "aws_iam_role_policy.policy.Statement.*", "a call that the part needs is refused"),
    ("removed", "aws_s3_bucket_public_access_block.*_*", "the door is open: AWS's default"),
    ("removed", "aws_s3_account_public_access_block.*_*", "the door is open: AWS's default"),
    ("removed", "aws_s*_policy.policy.Statement.*", "a caller is kept out, or plain HTTP is let in"),
    ("removed", "*.redrive_policy", "a poisonous message comes back for ever"),
    ("removed", "*.deployment_circuit_breaker", "a broken release is never rolled back: AWS's default"),
    ("removed", "aws_ecs_service.load_balancer", "nobody asks the service"),
    ("removed", "aws_ecs_service.service_connect_configuration", "the services cannot find each other"),
    ("removed", "aws_ecs_cluster.setting", "nobody sees what the cluster does"),
    ("removed", "*.logConfiguration", "the container's log is lost"),
    ("removed", "*.readonlyRootFilesystem", "an intruder can write: AWS's default"),
    ("removed", "aws_ecs_task_definition.container_definitions.*.user", "the container runs as root"),
    ("removed", "*.linuxParameters.capabilities", "the container keeps capabilities it has no use for"),
    ("removed", "*.secrets", "the container starts without its secrets"),
    ("removed", "*.execution_role_arn", "the image cannot be pulled"),
    ("removed", "*.task_role_arn", "the container may call nothing"),
    ("removed", "aws_backup_plan.rule.*.copy_action", "no copy in another region: a lost region loses the data"),
    ("removed", "aws_backup_plan.rule.*.enable_continuous_backup", "no recovery to a point in time: AWS's default"),
    ("removed", "aws_backup_selection.resources*", "nothing is backed up"),
    ("removed", "aws_cloudwatch_metric_alarm.dimensions.*", "an alarm on a metric that does not exist"),
    ("removed", "aws_vpc_endpoint.private_dns_enabled", "names lead past the endpoint: AWS's default"),
    ("removed", "aws_vpc_endpoint.subnet_ids", "the endpoint has no address"),
    ("removed", "aws_vpc_endpoint.route_table_ids", "nothing is routed through the endpoint"),
    ("removed", "aws_vpc_endpoint.policy", "data may leave to any account: AWS's default"),
    ("removed", "aws_vpc_security_group_*.referenced_security_group_id", "no peer: the door is closed"),
    ("removed", "aws_vpc.enable_dns_hostnames", "private names do not work: AWS's default"),
    ("removed", "aws_network_acl.*gress", "all is dropped"),
    ("removed", "aws_network_acl.subnet_ids", "the subnets fall to the closed default list"),
    ("removed", "aws_route.nat_gateway_id", "no way out"),
    (
        "removed",
        "aws_secretsmanager_secret.recovery_window_in_days",
        "another time to change one's mind than was agreed",
    ),
    ("removed", "aws_wafv2_web_acl.rule", "the firewall stops nobody"),
    ("removed", "aws_wafv2_web_acl_logging_configuration.redacted_fields", "session tokens are in the log"),
    ("removed", "aws_budgets_budget.notification", "nobody hears of the spending"),
    ("removed", "aws_iam_account_password_policy.minimum_password_length", "short passwords: AWS's default"),
    ("removed", "aws_iam_account_password_policy.require_*", "weak passwords: AWS's default"),
)

OPENING: Final = (
    "force_destroy",
    "force_delete",
    "skip_final_snapshot",
    "apply_immediately",
    "publicly_accessible",
    "assign_public_ip",
    "map_public_ip_on_launch",
    "delete_automated_backups",
    "enable_execute_command",
    "internal",
    "aws:SecureTransport",
)
"""The switches that harm when they are on; every other one harms when it is off."""


def safer(path: str, value: object) -> bool:
    """Whether a switch, set so, guards more than before: dev may be opened to save money, and closed by anybody."""
    return (value is True) != (path.rpartition(".")[2] in OPENING)


def excused(operator: str, place: str) -> str | None:
    """Why what an operator makes at a place is no fault at all."""
    return _first(EXCUSED, operator, place)


def harm(operator: str, place: str) -> str | None:
    """Why what an operator makes at a place harms; None where no line claims so."""
    return None if excused(operator, place) else _first(HARMFUL, operator, place)


def _first(lines: tuple[Line, ...], operator: str, place: str) -> str | None:
    for by, pattern, reason in lines:
        if by in ("*", operator) and fnmatchcase(place, pattern):
            return reason
    return None
