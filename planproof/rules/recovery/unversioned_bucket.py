"""What is overwritten in a bucket is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_s3_bucket_versioning"


def check(bucket: Resource, document: Document) -> Iterator[Outcome]:
    """Versioning is enabled, beside the bucket or (in older code) inside."""
    found = [one for one in document.referrers(bucket, PATH) if document.target(one, "bucket") is bucket]
    for one in found:
        if one.get("versioning_configuration.0.status") != "Enabled":
            yield Violation("versioning_configuration.0.status", "Enabled", resource=one)
    if not found and bucket.get("versioning.0.enabled", False) is not True:
        yield Violation(PATH, "versioning of this bucket", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_s3_bucket",),
    why="One wrong upload, or one stolen key, changes a log or the state without a trace of what was there.",
    fix="Build the bucket with modules.bucket.Bucket, which keeps versions.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    controls=("aws-fsbp/S3.14", "pci-dss-4.0.1/10.3.2"),
    check=check,
    mutations=(
        Removal(PATH, at=PATH),
        Mutation("versioning_configuration.0.status", "Suspended", PATH),
        Mutation("versioning_configuration.0.status", ABSENT, PATH),
    ),
)
