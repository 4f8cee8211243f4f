"""Every kind of data store is asked for its encryption, its key and its doors, not only those of our platform."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.rules import rules
from planproof.settings import Settings

RULES = {rule.id: rule for rule in rules()}
KEY = "${aws_kms_key.data.arn}"
RESULTS = "configuration.0.result_configuration.0.encryption_configuration.0.encryption_option"
CATALOGUE = "data_catalog_encryption_settings.0.encryption_at_rest.0.catalog_encryption_mode"


def said(kind: str, body: dict[str, Any], rule: str) -> list[str]:
    """The paths at which a rule finds fault with one resource beside a key of ours."""
    resources = {"aws_kms_key": {"data": {"enable_key_rotation": True}}, kind: {"store": body}}
    document = parse({"resource": resources}, name="prod", source="prod")
    return [one.path for one in judge((document,), [RULES[rule]], Settings()).findings]


@pytest.mark.parametrize(
    ("kind", "body", "rule", "path"),
    [
        ("aws_dax_cluster", {}, "unencrypted-cache", "server_side_encryption.0.enabled"),
        ("aws_dax_cluster", {}, "plaintext-cache", "cluster_endpoint_encryption_type"),
        ("aws_appsync_api_cache", {}, "unencrypted-cache", "at_rest_encryption_enabled"),
        ("aws_mq_broker", {}, "unencrypted-broker", "encryption_options.0.use_aws_owned_key"),
        ("aws_mq_broker", {"publicly_accessible": True}, "public-database", "publicly_accessible"),
        ("aws_neptune_cluster_instance", {"publicly_accessible": True}, "public-database", "publicly_accessible"),
        ("aws_lightsail_database", {"publicly_accessible": True}, "public-database", "publicly_accessible"),
        ("aws_neptunegraph_graph", {"public_connectivity": True}, "public-database", "public_connectivity"),
        ("aws_ami", {"ebs_block_device": [{"encrypted": False}]}, "unencrypted-volume", "ebs_block_device.0.encrypted"),
        ("aws_ami_copy", {}, "unencrypted-volume", "encrypted"),
        ("aws_ebs_volume", {"encrypted": True}, "unencrypted-volume", "kms_key_id"),
        ("aws_neptune_cluster", {"storage_encrypted": True}, "unencrypted-cluster", "kms_key_arn"),
        ("aws_redshiftserverless_namespace", {}, "unencrypted-cluster", "kms_key_id"),
        ("aws_timestreamwrite_database", {}, "unencrypted-cluster", "kms_key_id"),
        ("aws_docdbelastic_cluster", {}, "unencrypted-cluster", "kms_key_id"),
        ("aws_dms_replication_instance", {}, "unencrypted-cluster", "kms_key_arn"),
        ("aws_rds_global_cluster", {}, "unencrypted-cluster", "storage_encrypted"),
        ("aws_keyspaces_table", {}, "unencrypted-table", "encryption_specification.0.type"),
        ("aws_kinesis_video_stream", {}, "unencrypted-stream", "kms_key_id"),
        ("aws_athena_workgroup", {}, "unencrypted-analytics", RESULTS),
        ("aws_glue_data_catalog_encryption_settings", {}, "unencrypted-analytics", CATALOGUE),
    ],
)
def test_store_is_asked(kind: str, body: dict[str, Any], rule: str, path: str) -> None:
    """A card number in a graph or in the result of a query is as readable as one in RDS."""
    assert path in said(kind, body, rule)


@pytest.mark.parametrize(
    ("kind", "body", "rule"),
    [
        ("aws_neptune_cluster", {"storage_encrypted": True, "kms_key_arn": KEY}, "unencrypted-cluster"),
        ("aws_mq_broker", {"engine_type": "RabbitMQ"}, "unencrypted-broker"),
        ("aws_ami", {"ebs_block_device": [{"snapshot_id": "snap-1"}]}, "unencrypted-volume"),
        ("aws_rds_global_cluster", {"source_db_cluster_identifier": "arn:aws:rds:x"}, "unencrypted-cluster"),
        ("aws_launch_configuration", {"root_block_device": [{"encrypted": True}]}, "unencrypted-volume"),
    ],
)
def test_store_that_says_it_otherwise_is_left_alone(kind: str, body: dict[str, Any], rule: str) -> None:
    """Neptune calls its key kms_key_arn, and the disk of an image is as encrypted as the snapshot it comes from."""
    assert said(kind, body, rule) == []


def test_key_of_the_account_is_the_key_of_its_disks() -> None:
    """A disk that names no key takes the account's; where that is ours, there is nothing to say."""
    resources = {
        "aws_kms_key": {"data": {"enable_key_rotation": True}},
        "aws_ebs_default_kms_key": {"ours": {"key_arn": KEY}},
        "aws_ebs_volume": {"data": {"encrypted": True}},
    }
    document = parse({"resource": resources}, name="prod", source="prod")

    assert judge((document,), [RULES["unencrypted-volume"]], Settings()).findings == []
