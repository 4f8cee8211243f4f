"""An access list of a bucket opens it to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Unknown, among
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


OPEN: Final = frozenset({"public-read", "public-read-write", "authenticated-read", "website"})
EVERYBODY: Final = ("/global/AllUsers", "/global/AuthenticatedUsers")


def check(holder: Resource, _: Document) -> Iterator[Outcome]:
    """Neither a canned ACL nor a grant for one of the groups that hold everybody."""
    if among(holder.get("acl"), OPEN):
        yield Violation("acl", "private, or no ACL")
    for grant in holder.blocks("access_control_policy.0.grant"):
        uri = grant.get("grantee.uri", "")
        if isinstance(uri, Unknown):
            yield Undecided(grant.at("grantee.uri"), uri.cause)
        elif str(uri).endswith(EVERYBODY):
            yield Violation(grant.at("grantee.uri"), "no group of everybody")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_s3_bucket_acl", "aws_s3_bucket", "aws_s3_object"),
    why="Everybody on the internet, or everybody with any AWS account, may read or write the objects.",
    fix="Remove the ACL and set the object ownership to BucketOwnerEnforced; grant through the bucket policy.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl",
    controls=("pci-dss-4.0.1/1.4.4", "pci-dss-4.0.1/7.3.3", "aws-fsbp/S3.2", "aws-fsbp/S3.3"),
    check=check,
    mutations=(
        Mutation("acl", "public-read", on=lambda holder, _: holder.type == "aws_s3_bucket"),
        Mutation("acl", "public-read-write"),
        Mutation("acl", "authenticated-read"),
        Mutation(
            "access_control_policy.0.grant.0.grantee.uri",
            "http://acs.amazonaws.com/groups/global/AllUsers",
            on=lambda holder, _: holder.name == "granted",
        ),
    ),
    specimen={
        "resource": {
            "aws_s3_bucket_acl": {
                "private": {"bucket": "reports", "acl": "private"},
                "granted": {
                    "bucket": "logs",
                    "access_control_policy": {
                        "grant": [
                            {
                                "permission": "WRITE",
                                "grantee": {"type": "Group", "uri": "http://acs.amazonaws.com/groups/s3/LogDelivery"},
                            }
                        ]
                    },
                },
            }
        }
    },
)
