"""A bucket answers requests without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.iam.symbols import arn
from planproof.reading.policies import must_refuse_plain_http
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


POLICY: Final = "aws_s3_bucket_policy"
ACTIONS: Final = ("s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject")


def check(bucket: Resource, document: Document) -> Iterator[Outcome]:
    """One policy of the bucket denies plain HTTP, for the bucket and everything in it."""
    policies = document.naming(bucket, POLICY, "bucket")
    if not policies:
        yield Violation(POLICY, "a policy that denies requests without TLS", found="none")
    for policy in policies:
        name = arn(bucket, document)
        yield from must_refuse_plain_http(policy, "policy", document, ACTIONS, (name, f"{name}/*"))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_s3_bucket",),
    why="An address typed with http sends the object, and the signature of the request, readable over the internet.",
    fix="Deny s3:* to everybody where aws:SecureTransport is false; modules.bucket.Bucket does.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/S3.5", "cis-aws-3.0/2.1.1"),
    check=check,
    mutations=(
        Removal(POLICY, at=POLICY),
        Mutation("policy.Statement.0.Effect", "Allow", type=POLICY, at="policy"),
        Mutation("policy.Statement.0.Condition", {"Bool": {"aws:SecureTransport": "true"}}, type=POLICY, at="policy"),
        Mutation(
            "policy.Statement.0.Condition",
            {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}},
            type=POLICY,
            at="policy",
        ),
        Mutation("policy.Statement.0.Principal", {"AWS": "arn:aws:iam::111111111111:root"}, type=POLICY, at="policy"),
        Mutation("policy.Statement.0.Action", ["s3:PutObject"], type=POLICY, at="policy"),
        Mutation(
            "policy.Statement.0.Resource",
            ["arn:aws:s3:::another-bucket", "arn:aws:s3:::another-bucket/*"],
            type=POLICY,
            at="policy",
        ),
        Mutation("bucket", "another-bucket", type=POLICY, at=POLICY),
    ),
)
