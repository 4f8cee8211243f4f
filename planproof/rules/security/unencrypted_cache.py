"""A cache keeps its data readable on disk, or under a key of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


GROUP: Final = "aws_elasticache_replication_group"
SWITCHED: Final = {  # caches that take no key: they are only told whether to encrypt
    "aws_dax_cluster": "server_side_encryption.0.enabled",
    "aws_appsync_api_cache": "at_rest_encryption_enabled",
}


def is_group(cache: Resource, document: Document) -> bool:
    """Whether a cache is a replication group."""
    del document
    return cache.type == GROUP


def check(cache: Resource, document: Document) -> Iterator[Outcome]:
    """Encrypted where that is a choice, and always with our key; a secondary group takes both from its primary."""
    if cache.get("global_replication_group_id") is not None:
        return
    if cache.type in SWITCHED:
        yield from must(cache, SWITCHED[cache.type], equals=True)
        return
    if cache.type == GROUP:
        yield from must(cache, "at_rest_encryption_enabled", equals=True)
    path = "kms_key_arn" if cache.type == "aws_memorydb_cluster" else "kms_key_id"
    yield from must_use_our_key(cache, path, document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(GROUP, "aws_elasticache_serverless_cache", "aws_memorydb_cluster", *SWITCHED),
    why="Sessions and idempotency keys lie readable in snapshots and swap.",
    fix="Set at_rest_encryption_enabled and give kms_key_id the arn of a customer key; modules.cache.Cache does.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/ElastiCache.4", "aws-fsbp/DynamoDB.3", "aws-fsbp/AppSync.1"),
    check=check,
    mutations=(
        Mutation("at_rest_encryption_enabled", "false", on=is_group),
        Mutation("at_rest_encryption_enabled", ABSENT, on=is_group),
        Mutation("kms_key_id", ABSENT, on=is_group),
        Mutation("kms_key_id", "alias/aws/elasticache", on=is_group),
        Mutation("kms_key_arn", ABSENT, on=lambda cache, _: cache.type == "aws_memorydb_cluster"),
        *(Mutation(path, value=False, type=kind) for kind, path in SWITCHED.items()),
        Mutation("server_side_encryption", ABSENT, "aws_dax_cluster", at=SWITCHED["aws_dax_cluster"]),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_memorydb_cluster": {"sessions": {"kms_key_arn": "${aws_kms_key.data.arn}"}},
            "aws_elasticache_serverless_cache": {"sessions": {"kms_key_id": "${aws_kms_key.data.arn}"}},
            "aws_dax_cluster": {"entries": {"server_side_encryption": {"enabled": True}}},
            "aws_appsync_api_cache": {"answers": {"at_rest_encryption_enabled": True}},
        }
    },
)
