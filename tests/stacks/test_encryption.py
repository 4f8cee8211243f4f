"""Everything that keeps data keeps it encrypted, with a key of ours."""

from __future__ import annotations

import pytest

from planproof.document import Document

KEYS = {
    "aws_backup_vault": "kms_key_arn",
    "aws_cloudtrail": "kms_key_id",
    "aws_cloudwatch_log_group": "kms_key_id",
    "aws_config_delivery_channel": "s3_kms_key_arn",
    "aws_db_instance": "kms_key_id",
    "aws_ecr_repository": "encryption_configuration.kms_key",
    "aws_elasticache_replication_group": "kms_key_id",
    "aws_secretsmanager_secret": "kms_key_id",
    "aws_sns_topic": "kms_master_key_id",
    "aws_sqs_queue": "kms_master_key_id",
}
FLAGS = {
    ("aws_db_instance", "storage_encrypted"): True,
    ("aws_elasticache_replication_group", "at_rest_encryption_enabled"): True,
    ("aws_elasticache_replication_group", "transit_encryption_enabled"): True,
    ("aws_elasticache_replication_group", "transit_encryption_mode"): "required",
    ("aws_kms_key", "enable_key_rotation"): True,
}


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize(("kind", "path"), sorted(KEYS.items()))
def test_a_key_of_ours_encrypts_it(kind: str, path: str, environment: str, documents: dict[str, Document]) -> None:
    """Whoever gets a disk, a snapshot or a log reads nothing, and we can take the key away (PCI DSS 3.5)."""
    document = documents[environment]
    resources = document.of(kind)

    assert resources, f"there is no {kind}, so nothing was shown"
    for resource in resources:
        key = document.target(resource, path)
        assert key is not None, f"{resource.origin} has no key of ours"
        assert key.type == "aws_kms_key"


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize(("kind", "path"), sorted(FLAGS))
def test_encryption_is_on(kind: str, path: str, environment: str, documents: dict[str, Document]) -> None:
    """A key that nothing uses protects nothing."""
    assert {resource.get(path) for resource in documents[environment].of(kind)} == {FLAGS[kind, path]}


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_customers_speak_tls_only(environment: str, documents: dict[str, Document]) -> None:
    """Card data crosses the internet under TLS 1.2 or better (PCI DSS 4.2.1)."""
    listeners = {listener.get("port"): listener for listener in documents[environment].of("aws_lb_listener")}

    assert listeners[443].get("ssl_policy") == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
    assert listeners[80].get("default_action.redirect.protocol") == "HTTPS"
    assert set(listeners) == {80, 443}


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_the_database_refuses_plain_connections(environment: str, documents: dict[str, Document]) -> None:
    """Nobody on the network reads an entry of the ledger."""
    (group,) = documents[environment].of("aws_db_parameter_group")
    parameters = {one["name"]: one["value"] for one in group.get("parameter")}

    assert parameters["rds.force_ssl"] == "1"


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_no_secret_is_in_the_json(environment: str, documents: dict[str, Document]) -> None:
    """The JSON, the plan and the state are read by many: passwords are made and kept by AWS."""
    document = documents[environment]
    (instance,) = [one for one in document.of("aws_db_instance") if one.origin.endswith("database/instance")]

    assert instance.get("manage_master_user_password") is True
    assert [one.get("password") for one in document.of("aws_db_instance")].count(None) == len(
        document.of("aws_db_instance")
    )
    assert not document.of("aws_secretsmanager_secret_version")
