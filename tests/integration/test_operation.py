"""What keeps the platform alive and accounted for, as AWS itself describes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from planproof.document import Document

Client = Callable[[str], Any]
Outputs = dict[str, str]

ALARMS = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
VALUES = ("aws_secretsmanager_secret_version", "aws_ssm_parameter")
"""What would bring a secret's value through code or state; a value that is write-only there has come from code, too."""


def test_the_ledger_is_encrypted_private_and_doubled(aws: Client, outputs: Outputs) -> None:
    """A failed zone, a stolen disk or a curious neighbour does not cost a single entry."""
    (instance,) = aws("rds").describe_db_instances(DBInstanceIdentifier=outputs["database_identifier"])["DBInstances"]

    assert instance["StorageEncrypted"] is True
    assert instance["PubliclyAccessible"] is False
    assert instance["MultiAZ"] is True
    assert instance["DeletionProtection"] is True
    assert instance["BackupRetentionPeriod"] == 14
    assert instance["IAMDatabaseAuthenticationEnabled"] is True
    assert instance["MasterUserSecret"]["SecretArn"] == outputs["database_secret_arn"]


def test_sessions_survive_a_lost_node(aws: Client, outputs: Outputs) -> None:
    """A customer stays logged in when a cache node is lost."""
    (group,) = aws("elasticache").describe_replication_groups(ReplicationGroupId=outputs["cache_group_id"])[
        "ReplicationGroups"
    ]

    assert group["AutomaticFailover"] == "enabled"
    assert group["TransitEncryptionEnabled"] is True
    assert group["AtRestEncryptionEnabled"] is True
    assert len(group["MemberClusters"]) == 2


@pytest.mark.parametrize(
    ("service", "metrics"),
    [
        ("payments", {"cpu", "memory", "requests"}),
        ("ledger", {"cpu", "memory"}),
        ("notifications", {"cpu", "memory", "messages"}),
    ],
)
def test_services_grow_with_their_load(service: str, metrics: set[str], aws: Client, outputs: Outputs) -> None:
    """On a busy day payments and notifications are not lost for want of tasks."""
    scaling = aws("application-autoscaling")
    resource = f"service/{outputs['cluster_name']}/{outputs[f'{service}_service_name']}"
    (target,) = scaling.describe_scalable_targets(ServiceNamespace="ecs", ResourceIds=[resource])["ScalableTargets"]
    policies = scaling.describe_scaling_policies(ServiceNamespace="ecs", ResourceId=resource)["ScalingPolicies"]

    assert target["MinCapacity"] < target["MaxCapacity"]
    assert {policy["PolicyName"] for policy in policies} == metrics


def test_a_receipt_that_fails_waits_for_a_person(aws: Client, outputs: Outputs) -> None:
    """A message that cannot be processed is kept in the dead-letter queue, not lost and not tried for ever."""
    attributes = aws("sqs").get_queue_attributes(QueueUrl=outputs["receipts_queue_url"], AttributeNames=["All"])[
        "Attributes"
    ]
    redrive = json.loads(attributes["RedrivePolicy"])

    assert redrive["deadLetterTargetArn"].endswith(":payflow-receipts-dead-letters-staging")
    assert redrive["maxReceiveCount"] == 5
    assert attributes["KmsMasterKeyId"].startswith("arn:aws:kms:")


def test_every_alarm_reaches_people(aws: Client, state: Document, outputs: Outputs) -> None:
    """An alarm that tells nobody is no alarm; what other teams watch in the account is theirs to judge."""
    ours = {str(alarm.get("alarm_name")) for kind in ALARMS for alarm in state.of(kind)}
    pages = aws("cloudwatch").get_paginator("describe_alarms").paginate()
    every = [alarm for page in pages for kind in ("MetricAlarms", "CompositeAlarms") for alarm in page[kind]]
    told = {alarm["AlarmName"]: alarm["AlarmActions"] for alarm in every if alarm["AlarmName"] in ours}
    subscribers = aws("sns").list_subscriptions_by_topic(TopicArn=outputs["alerts_topic_arn"])["Subscriptions"]

    assert outputs["customers_alarm_name"] in ours
    assert told == {name: [outputs["alerts_topic_arn"]] for name in ours}
    assert [one["Endpoint"] for one in subscribers] == ["platform-staging@payflow.example"]


def test_every_call_is_remembered(aws: Client, outputs: Outputs) -> None:
    """After an incident it is known who called what, and that nobody changed the record."""
    trail = aws("cloudtrail").get_trail(Name=outputs["trail_name"])["Trail"]
    status = aws("cloudtrail").get_trail_status(Name=outputs["trail_name"])

    assert trail["LogFileValidationEnabled"] is True
    assert trail["IsMultiRegionTrail"] is True
    assert trail["S3BucketName"] == outputs["trail_bucket"]
    assert status["IsLogging"] is True


@pytest.mark.parametrize("bucket", ["trail_bucket", "access_log_bucket"])
def test_the_records_are_private(bucket: str, aws: Client, outputs: Outputs) -> None:
    """Logs hold addresses and habits of customers: they are nobody else's to read."""
    s3 = aws("s3")
    block = s3.get_public_access_block(Bucket=outputs[bucket])["PublicAccessBlockConfiguration"]

    assert set(block.values()) == {True}
    assert s3.get_bucket_versioning(Bucket=outputs[bucket])["Status"] == "Enabled"


def test_the_nightly_backup_covers_the_ledger(aws: Client, outputs: Outputs) -> None:
    """The ledger can be brought back even when the database itself is gone."""
    backup = aws("backup")
    plan = backup.get_backup_plan(BackupPlanId=outputs["backup_plan_id"])["BackupPlan"]
    (selection,) = backup.list_backup_selections(BackupPlanId=outputs["backup_plan_id"])["BackupSelectionsList"]
    chosen = backup.get_backup_selection(BackupPlanId=outputs["backup_plan_id"], SelectionId=selection["SelectionId"])[
        "BackupSelection"
    ]

    assert {rule["TargetBackupVaultName"] for rule in plan["Rules"]} == {outputs["backup_vault_name"]}
    assert [arn.rsplit(":", 1)[-1] for arn in chosen["Resources"]] == [outputs["database_identifier"]]


@pytest.mark.parametrize("service", ["payments", "ledger", "notifications"])
def test_code_and_starter_have_different_roles(service: str, aws: Client, outputs: Outputs) -> None:
    """Code that is taken over cannot read what only the start of a task may read."""
    iam = aws("iam")
    policies = {
        kind: set(iam.list_role_policies(RoleName=outputs[f"{service}_{kind}_role_name"])["PolicyNames"])
        for kind in ("task", "execution")
    }

    assert {"pull-" + service + "-images", "log-in-ecr", "write-log"} <= policies["execution"]
    assert policies["task"].isdisjoint(policies["execution"])


def test_secrets_have_no_value_from_code(aws: Client, state: Document) -> None:
    """What is secret is put in by people or rotation; whether they did or not, Terraform knows no value."""
    secrets = [str(secret.get("arn")) for secret in state.of("aws_secretsmanager_secret")]
    described = [aws("secretsmanager").describe_secret(SecretId=arn) for arn in secrets]
    keys = {str(key.get("arn")) for key in state.of("aws_kms_key")}

    assert secrets
    assert [value.address for kind in VALUES for value in state.of(kind)] == []
    assert [one["Name"] for one in described if one["KmsKeyId"] not in keys] == []
