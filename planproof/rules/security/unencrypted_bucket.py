"""Objects of a bucket are not encrypted with a key of ours.

Load balancers write their access logs only into buckets that are encrypted with SSE-S3, so those are left alone.
Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from planproof.document import ABSENT, Document, Resource, among
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


SETTINGS: Final = "aws_s3_bucket_server_side_encryption_configuration"
RULE_BLOCK: Final = "rule.0.apply_server_side_encryption_by_default.0"
KEY: Final = f"{RULE_BLOCK}.kms_master_key_id"


def takes_access_logs(bucket: Resource, document: Document) -> bool:
    """Whether a load balancer writes its access logs into a bucket."""
    return any(
        document.naming(bucket, kind, f"{logs}.0.bucket")
        for kind in ("aws_lb", "aws_alb", "aws_elb")
        for logs in ("access_logs", "connection_logs")
    )


def check(bucket: Resource, document: Document) -> Iterator[Outcome]:
    """KMS with our key, or SSE-S3 where only that works."""
    settings = document.naming(bucket, SETTINGS, "bucket")
    if not settings:
        yield Violation(SETTINGS, "encryption with a customer key", found="none")
    for one in settings:
        algorithm = one.get(f"{RULE_BLOCK}.sse_algorithm", "AES256")
        if among(algorithm, {"aws:kms", "aws:kms:dsse"}):
            yield from (replace(said, resource=one) for said in must_use_our_key(one, KEY, document))
        elif not takes_access_logs(bucket, document):
            yield Violation(f"{RULE_BLOCK}.sse_algorithm", "aws:kms", resource=one)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_s3_bucket",),
    why="Whoever may read the bucket reads its objects: no key policy stands behind the permission.",
    fix="Add a server_side_encryption_configuration with aws:kms and a customer key; modules.bucket.Bucket has one.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/S3.17"),
    check=check,
    mutations=(
        Removal(SETTINGS, at=SETTINGS),
        Mutation("bucket", "another-bucket", type=SETTINGS, at=SETTINGS),
        Mutation(f"{RULE_BLOCK}.sse_algorithm", "AES256", type=SETTINGS),
        Mutation(KEY, ABSENT, type=SETTINGS, on=lambda one, _: one.get(KEY) is not None),
        Mutation(KEY, "alias/aws/s3", type=SETTINGS, on=lambda one, _: one.get(KEY) is not None),
    ),
)
