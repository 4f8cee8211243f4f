"""A bucket policy lets everybody in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.policies import must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


REPORTS: Final = """{"Statement": [
  {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*",
   "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}}},
  {"Effect": "Allow", "Principal": {"AWS": "111111111111"}, "Action": "s3:GetObject",
   "Resource": "arn:aws:s3:::reports/*"}]}"""


def is_plain(policy: Resource, document: Document) -> bool:
    """Whether the second statement allows something without a condition."""
    del document
    return policy.get("policy.Statement.1.Effect") == "Allow" and policy.get("policy.Statement.1.Condition") is None


def has_two(policy: Resource, document: Document) -> bool:
    """Whether a third statement would stand at its place."""
    del document
    return policy.get("policy.Statement.1") is not None


def check(policy: Resource, document: Document) -> Iterator[Outcome]:
    """Nobody is let in who is everybody; a bucket may carry its policy itself."""
    yield from must_not_be_open(policy, "policy", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_s3_bucket_policy", "aws_s3_bucket"),
    why="What the bucket holds is on the internet, and nobody notices until it is quoted.",
    fix="Name the accounts, roles or services that need the bucket, each with a condition on aws:SourceAccount.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
    controls=("pci-dss-4.0.1/1.4.4", "pci-dss-4.0.1/7.3.3", "aws-fsbp/S3.2", "aws-fsbp/S3.3"),
    check=check,
    mutations=(
        Mutation("policy.Statement.1.Principal", "*", at="policy.Statement.1.Principal", on=is_plain),
        Mutation(
            "policy.Statement.2",
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*"},
            at="policy.Statement.2.Principal",
            on=has_two,
        ),
        Mutation(
            "policy.Statement.2",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": "*",
                "Condition": {"StringEqualsIfExists": {"aws:SourceAccount": "333333333333"}},
            },
            at="policy.Statement.2.Principal",
            on=has_two,
        ),
        Mutation(
            "policy.Statement.2",
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
            },
            at="policy.Statement.2.Principal",
            on=has_two,
        ),
        Mutation(
            "policy.Statement.2",
            {"Effect": "Allow", "NotPrincipal": {"AWS": "111111111111"}, "Action": "s3:*", "Resource": "*"},
            at="policy.Statement.2.NotPrincipal",
            on=has_two,
        ),
    ),
    specimen={"resource": {"aws_s3_bucket_policy": {"reports": {"bucket": "reports", "policy": REPORTS}}}},
)
