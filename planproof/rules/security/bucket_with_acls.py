"""Access to a bucket is decided object by object, in lists nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


CONTROLS: Final = "aws_s3_bucket_ownership_controls"


def check(bucket: Resource, document: Document) -> Iterator[Outcome]:
    """ACLs are off: the default of new buckets, and therefore only what is written can be wrong."""
    for one in document.naming(bucket, CONTROLS, "bucket"):
        for outcome in must(one, "rule.0.object_ownership", equals="BucketOwnerEnforced"):
            yield replace(outcome, resource=one)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_s3_bucket",),
    why="Whoever uploads an object owns it and may make it public, whatever the bucket policy says.",
    fix="Add aws_s3_bucket_ownership_controls with BucketOwnerEnforced; modules.bucket.Bucket has them.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
    controls=("pci-dss-4.0.1/7.2.2", "aws-fsbp/S3.12"),
    check=check,
    mutations=(
        Mutation("rule.0.object_ownership", "ObjectWriter", type=CONTROLS),
        Mutation("rule.0.object_ownership", "BucketOwnerPreferred", type=CONTROLS),
    ),
)
