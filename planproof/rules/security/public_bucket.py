"""A bucket may be made public by one ACL or one policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


BLOCK: Final = "aws_s3_bucket_public_access_block"
SETTINGS: Final = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


def check(bucket: Resource, document: Document) -> Iterator[Outcome]:
    """The bucket's own block, with all four settings; the account's block may be lifted by somebody else."""
    blocks = document.naming(bucket, BLOCK, "bucket")
    if not blocks:
        yield Violation(BLOCK, "a block of all public access", found="none")
    for block in blocks:
        for name in SETTINGS:
            for outcome in must(block, name, equals=True, default=False):
                yield replace(outcome, resource=block)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_s3_bucket",),
    why="One careless grant later everybody on the internet can list and read what is in it.",
    fix="Add an aws_s3_bucket_public_access_block with all four settings true; modules.bucket.Bucket has one.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    controls=("pci-dss-4.0.1/1.4.4", "pci-dss-4.0.1/7.3.3", "aws-fsbp/S3.8", "cis-aws-3.0/2.1.4"),
    check=check,
    mutations=(
        *(Mutation(name, value=False, type=BLOCK) for name in SETTINGS),
        Mutation("block_public_policy", ABSENT, type=BLOCK),
        Removal(BLOCK, at=BLOCK),
        Mutation("bucket", "another-bucket", type=BLOCK, at=BLOCK),
    ),
)
