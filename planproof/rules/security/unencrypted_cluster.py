"""A database cluster is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_encrypt
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SWITCH: Final = {"aws_redshift_cluster": "encrypted"}


def check(cluster: Resource, document: Document) -> Iterator[Outcome]:
    """Encrypted, with our key; a replica takes both from its source."""
    if cluster.get("replication_source_identifier") is None:
        yield from must_encrypt(cluster, SWITCH.get(cluster.type, "storage_encrypted"), "kms_key_id", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster"),
    why="Whoever obtains a snapshot or a disk can read every row.",
    fix="Turn encryption on and give kms_key_id the arn of a customer key.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html",
    controls=(
        "pci-dss-4.0.1/3.5.1",
        "aws-fsbp/RDS.27",
        "aws-fsbp/DocumentDB.1",
        "aws-fsbp/Neptune.1",
        "aws-fsbp/Redshift.10",
    ),
    check=check,
    mutations=(
        Mutation("storage_encrypted", value=False, on=lambda cluster, _: cluster.type not in SWITCH),
        Mutation("storage_encrypted", ABSENT, on=lambda cluster, _: cluster.type not in SWITCH),
        Mutation("encrypted", value=False, on=lambda cluster, _: cluster.type in SWITCH),
        Mutation("kms_key_id", ABSENT),
        Mutation("kms_key_id", "alias/aws/rds"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_rds_cluster": {"payments": {"storage_encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"}},
            "aws_docdb_cluster": {"papers": {"storage_encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"}},
            "aws_neptune_cluster": {"graph": {"storage_encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"}},
            "aws_redshift_cluster": {"reports": {"encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"}},
        }
    },
)
