"""Messages wait in a queue under a key of AWS, or readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """A key that we can withdraw, not one of AWS."""
    yield from must_use_our_key(store, "kms_master_key_id", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_sqs_queue",),
    why="Orders and receipts of customers lie in a store whose key we cannot withdraw.",
    fix="Give kms_master_key_id the arn of a customer key; modules.queue.Queue does.",
    docs="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    controls=("pci-dss-4.0.1/3.5.1", "aws-fsbp/SQS.1"),
    check=check,
    mutations=(
        Mutation("kms_master_key_id", ABSENT),
        Mutation("kms_master_key_id", "alias/aws/some-service"),
    ),
)
