"""Database storage is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must, must_point_to
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_primary(database: Resource, _: Document) -> bool:
    """Whether a database holds its own storage settings; a replica takes them from its source."""
    return database.get("replicate_source_db") is None


def check(database: Resource, document: Document) -> Iterator[Outcome]:
    """Encrypted, and with a key this stack holds."""
    if not is_primary(database, document):
        return
    yield from must(database, "storage_encrypted", equals=True)
    yield from must_point_to(
        database,
        "kms_key_id",
        document.target(database, "kms_key_id"),
        "aws_kms_key",
        expected="the arn of an aws_kms_key in this stack",
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_instance",),
    why="Whoever obtains a snapshot or a disk can read every row.",
    fix="Set storage_encrypted = true and give kms_key_id the arn of a customer key.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/RDS.3", "cis-aws-3.0/2.3.1"),
    check=check,
    mutations=(
        Mutation("storage_encrypted", value=False, on=is_primary),
        Mutation("storage_encrypted", ABSENT, on=is_primary),
        Mutation("kms_key_id", ABSENT, on=is_primary),
        Mutation("kms_key_id", "alias/aws/rds", on=is_primary),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_db_instance": {
                "payments": {"storage_encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"},
            },
        }
    },
)
