"""Files are not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(files: Resource, document: Document) -> Iterator[Outcome]:
    """EFS must be told to encrypt; FSx always does, and both take a key."""
    if files.type == "aws_efs_file_system":
        yield from must(files, "encrypted", equals=True)
    yield from must_use_our_key(files, "kms_key_id", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(
        "aws_efs_file_system",
        "aws_fsx_windows_file_system",
        "aws_fsx_lustre_file_system",
        "aws_fsx_ontap_file_system",
        "aws_fsx_openzfs_file_system",
    ),
    why="Whoever obtains a backup or a disk reads every file; encryption cannot be turned on later.",
    fix="Set encrypted to true and give kms_key_id the arn of a customer key.",
    docs="https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/EFS.1", "cis-aws-3.0/2.4.1"),
    check=check,
    mutations=(
        Mutation("encrypted", value=False, on=lambda files, _: files.type == "aws_efs_file_system"),
        Mutation("encrypted", ABSENT, on=lambda files, _: files.type == "aws_efs_file_system"),
        Mutation("kms_key_id", ABSENT),
        Mutation("kms_key_id", "alias/aws/elasticfilesystem"),
    ),
    specimen={
        "resource": {
            "aws_kms_key": {"data": {"enable_key_rotation": True}},
            "aws_efs_file_system": {"papers": {"encrypted": True, "kms_key_id": "${aws_kms_key.data.arn}"}},
            "aws_fsx_lustre_file_system": {"jobs": {"kms_key_id": "${aws_kms_key.data.arn}"}},
        }
    },
)
