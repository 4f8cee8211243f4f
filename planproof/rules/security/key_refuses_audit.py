"""A key does not let CloudTrail or Config encrypt with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.iam.symbols import place as place_of
from planproof.reading.key_policies import must_let, users
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_used(key: Resource, document: Document) -> bool:
    """Whether the trail is encrypted with a key."""
    return bool(users(key, "aws_cloudtrail", "kms_key_id", document))


def check(key: Resource, document: Document) -> Iterator[Outcome]:
    """The trail and the recorder that name the key may encrypt with it."""
    where = place_of(document, key)
    for trail in users(key, "aws_cloudtrail", "kms_key_id", document):
        source = f"arn:aws:cloudtrail:{where['region']}:{where['account']}:trail/{trail.get('name')}"
        about = {"aws:sourcearn": source}
        yield from must_let(
            key, "cloudtrail.amazonaws.com", ("kms:GenerateDataKey", "kms:DescribeKey"), about, document
        )
    if users(key, "aws_config_delivery_channel", "s3_kms_key_arn", document):
        yield from must_let(key, "config.amazonaws.com", ("kms:GenerateDataKey", "kms:Decrypt"), {}, document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_kms_key",),
    why="The audit trail stops without a word, and the day it is needed there is nothing.",
    fix="Let cloudtrail.amazonaws.com and config.amazonaws.com use the key, each for our account or trail.",
    docs="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/10.2.1"),
    check=check,
    mutations=(
        Mutation("policy.Statement.2.Principal.Service", "cloudfront.amazonaws.com", at="policy", on=is_used),
        Mutation(
            "policy.Statement.2.Condition",
            {"StringEquals": {"aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:1:trail/x"}},
            at="policy",
            on=is_used,
        ),
        Mutation("policy.Statement.3.Principal.Service", "ec2.amazonaws.com", at="policy", on=is_used),
        Mutation("policy", ABSENT, on=is_used),
    ),
)
