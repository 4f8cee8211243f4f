"""A key does not let CloudWatch Logs encrypt with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.iam.symbols import arn
from planproof.iam.symbols import place as place_of
from planproof.reading.key_policies import must_let, users
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


CONTEXT: Final = "kms:encryptioncontext:aws:logs:arn"
ACTIONS: Final = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey")


def is_used(key: Resource, document: Document) -> bool:
    """Whether a log group is encrypted with a key."""
    return bool(users(key, "aws_cloudwatch_log_group", "kms_key_id", document))


def check(key: Resource, document: Document) -> Iterator[Outcome]:
    """Each log group under the key is one the service of its region may encrypt for."""
    where = place_of(document, key)
    for group in users(key, "aws_cloudwatch_log_group", "kms_key_id", document):
        about = {CONTEXT: arn(group, document)}
        refused = tuple(must_let(key, f"logs.{where['region']}.amazonaws.com", ACTIONS, about, document))
        yield from refused
        if refused:
            return


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_kms_key",),
    why="The log group cannot be made, or takes no line, and the deployment stops half way.",
    fix="Let logs.REGION.amazonaws.com use the key; modules.key.Key does for the services it is given.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/3.6.1"),
    check=check,
    mutations=(
        Mutation("policy.Statement.1.Principal.Service", "logs.us-east-1.amazonaws.com", at="policy", on=is_used),
        Mutation("policy.Statement.1.Effect", "Deny", at="policy", on=is_used),
        Mutation("policy.Statement.1.Action", ["kms:DescribeKey"], at="policy", on=is_used),
        Mutation(
            "policy.Statement.1.Condition",
            {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:1:log-group:x"}},
            at="policy",
            on=is_used,
        ),
        Mutation("policy", ABSENT, on=is_used),
    ),
)
