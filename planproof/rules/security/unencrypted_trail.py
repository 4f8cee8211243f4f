"""The audit trail is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """A key that we can withdraw, not one of AWS."""
    yield from must_use_our_key(store, "kms_key_id", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_cloudtrail",),
    why="Whoever can read the bucket learns every action, address and name in the account.",
    fix="Give kms_key_id the arn of the logs key; modules.trail.Trail does.",
    docs="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
    controls=("pci-dss-4.0.1/10.3.1", "aws-fsbp/CloudTrail.2", "cis-aws-3.0/3.5"),
    check=check,
    mutations=(
        Mutation("kms_key_id", ABSENT),
        Mutation("kms_key_id", "alias/aws/some-service"),
    ),
)
