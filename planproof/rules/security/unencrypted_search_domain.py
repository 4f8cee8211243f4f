"""A search domain keeps or moves its data readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_encrypt
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(domain: Resource, document: Document) -> Iterator[Outcome]:
    """At rest with our key, and between nodes."""
    yield from must_encrypt(domain, "encrypt_at_rest.0.enabled", "encrypt_at_rest.0.kms_key_id", document)
    yield from must(domain, "node_to_node_encryption.0.enabled", equals=True)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_opensearch_domain", "aws_elasticsearch_domain"),
    why="Copies of payment data lie on disks, and pass between nodes, for anybody to read.",
    fix="Enable encrypt_at_rest with a customer key, and node_to_node_encryption.",
    docs="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/Opensearch.1", "aws-fsbp/Opensearch.3"),
    check=check,
    mutations=(
        Mutation("encrypt_at_rest.0.enabled", value=False),
        Mutation("encrypt_at_rest.0.kms_key_id", ABSENT),
        Mutation("node_to_node_encryption.0.enabled", value=False),
        Mutation("node_to_node_encryption", ABSENT, at="node_to_node_encryption.0.enabled"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_opensearch_domain": {
                "papers": {
                    "encrypt_at_rest": {"enabled": True, "kms_key_id": "${aws_kms_key.data.arn}"},
                    "node_to_node_encryption": {"enabled": True},
                }
            },
        }
    },
)
