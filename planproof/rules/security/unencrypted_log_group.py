"""Log lines are not encrypted with a key of ours."""

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
    resources=("aws_cloudwatch_log_group",),
    why="Logs repeat what programs see, card numbers included when one slips; whoever reads the group reads them.",
    fix="Give kms_key_id the arn of the logs key; modules.log_group.LogGroup does.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    controls=("pci-dss-4.0.1/3.5.1", "pci-dss-4.0.1/10.3.1"),
    check=check,
    mutations=(
        Mutation("kms_key_id", ABSENT),
        Mutation("kms_key_id", "alias/aws/some-service"),
    ),
)
