"""Names and tags: who looks at a bill or an alarm knows what it is and whose."""

from __future__ import annotations

import re

import pytest

from planproof.document import Document

ENVIRONMENTS = ("dev", "staging", "prod")

NAMED = {
    "aws_backup_plan": "name",
    "aws_backup_vault": "name",
    "aws_cloudtrail": "name",
    "aws_cloudwatch_dashboard": "dashboard_name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_db_instance": "identifier",
    "aws_ecr_repository": "name",
    "aws_ecs_cluster": "name",
    "aws_ecs_service": "name",
    "aws_ecs_task_definition": "family",
    "aws_elasticache_replication_group": "replication_group_id",
    "aws_iam_policy": "name",
    "aws_iam_role": "name",
    "aws_lb": "name",
    "aws_lb_target_group": "name",
    "aws_secretsmanager_secret": "name",
    "aws_security_group": "name",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("kind", sorted(NAMED))
def test_names_say_project_component_and_environment(
    kind: str, environment: str, documents: dict[str, Document]
) -> None:
    """In an incident nobody has to guess which environment an alarm speaks of."""
    pattern = re.compile(rf"payflow-[a-z0-9-]+-{environment}")
    names = [resource.get(NAMED[kind]) for resource in documents[environment].of(kind)]

    assert names
    assert [name for name in names if not pattern.fullmatch(name)] == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_resource_is_tagged(environment: str, synthesized: dict[str, dict[str, object]]) -> None:
    """Cost, owner and classification of each thing are known: the provider writes them on all of them."""
    providers = synthesized[environment]["provider"]["aws"]  # type: ignore[index]
    expected = {
        "Project": "payflow",
        "Environment": environment,
        "Owner": "platform@payflow.example",
        "CostCenter": "PF-1200",
        "DataClassification": "restricted",
        "Compliance": "pci-dss",
        "ManagedBy": "cdktf",
    }

    assert all(provider["default_tags"] == [{"tags": expected}] for provider in providers)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_wrong_account_is_refused(environment: str, synthesized: dict[str, dict[str, object]]) -> None:
    """Credentials of another account cannot deploy this environment by accident."""
    providers = synthesized[environment]["provider"]["aws"]  # type: ignore[index]
    account = {"dev": "111111111111", "staging": "222222222222", "prod": "333333333333"}[environment]

    assert all(provider["allowed_account_ids"] == [account] for provider in providers)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_state_is_remote_encrypted_and_locked(environment: str, synthesized: dict[str, dict[str, object]]) -> None:
    """Two deployers never write one state at once, and nobody reads it without the key."""
    backend = synthesized[environment]["terraform"]["backend"]["s3"]  # type: ignore[index]
    account = {"dev": "111111111111", "staging": "222222222222", "prod": "333333333333"}[environment]

    assert backend == {
        "bucket": f"payflow-state-{environment}-{account}",
        "encrypt": True,
        "key": "platform.tfstate",
        "kms_key_id": f"arn:aws:kms:eu-west-1:{account}:alias/payflow-state-{environment}",
        "region": "eu-west-1",
        "use_lockfile": True,
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("kind", ["aws_db_instance", "aws_elasticache_replication_group"])
def test_no_two_final_snapshots_have_one_name(kind: str, environment: str, documents: dict[str, Document]) -> None:
    """An environment can be taken down a second time: AWS refuses to delete what would overwrite a snapshot."""
    for resource in documents[environment].of(kind):
        if resource.get("replicate_source_db") is None:
            assert "plantimestamp()" in resource.get("final_snapshot_identifier").template
            assert resource.meta["lifecycle"] == {"ignore_changes": ["final_snapshot_identifier"]}
