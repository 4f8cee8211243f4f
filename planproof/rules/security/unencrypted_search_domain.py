"""A search domain keeps or moves its data readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_encrypt, must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SERVERLESS: Final = "aws_opensearchserverless_security_policy"


def check(domain: Resource, document: Document) -> Iterator[Outcome]:
    """At rest with our key, and between nodes; Serverless takes its key from a policy of the type encryption."""
    if domain.type == SERVERLESS:
        if domain.get("type") == "encryption":
            owned = tuple(must(domain, "policy.AWSOwnedKey", equals=False, default=False))
            yield from owned or must_use_our_key(domain, "policy.KmsARN", document)
        return
    yield from must_encrypt(domain, "encrypt_at_rest.0.enabled", "encrypt_at_rest.0.kms_key_id", document)
    yield from must(domain, "node_to_node_encryption.0.enabled", equals=True)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_opensearch_domain", "aws_elasticsearch_domain", SERVERLESS),
    why="Copies of payment data lie on disks, and pass between nodes, for anybody to read.",
    fix="Enable encrypt_at_rest with a customer key, and node_to_node_encryption.",
    docs="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html",
    controls=(
        "pci-dss-4.0.1/3.5.1",
        "aws-fsbp/Opensearch.1",
        "aws-fsbp/Opensearch.3",
        "aws-fsbp/ES.1",
        "aws-fsbp/ES.3",
    ),
    check=check,
    mutations=(
        Mutation("encrypt_at_rest.0.enabled", value=False, type="aws_opensearch_domain"),
        Mutation("encrypt_at_rest.0.kms_key_id", ABSENT, "aws_opensearch_domain"),
        Mutation("node_to_node_encryption.0.enabled", value=False, type="aws_opensearch_domain"),
        Mutation("node_to_node_encryption", ABSENT, "aws_opensearch_domain", at="node_to_node_encryption.0.enabled"),
        Mutation("policy.AWSOwnedKey", value=True, type=SERVERLESS),
        Mutation("policy.KmsARN", ABSENT, SERVERLESS),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            SERVERLESS: {
                "papers": {
                    "type": "encryption",
                    "policy": '{"AWSOwnedKey": false, "KmsARN": "${aws_kms_key.data.arn}"}',
                }
            },
            "aws_opensearch_domain": {
                "papers": {
                    "encrypt_at_rest": {"enabled": True, "kms_key_id": "${aws_kms_key.data.arn}"},
                    "node_to_node_encryption": {"enabled": True},
                }
            },
        }
    },
)
