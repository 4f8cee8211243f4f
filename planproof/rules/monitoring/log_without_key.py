"""A log group is not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must_point_to
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Logs hold what was paid by whom."""
    yield from must_point_to(
        group,
        "kms_key_id",
        document.target(group, "kms_key_id"),
        "aws_kms_key",
        expected="the arn of an aws_kms_key in this stack",
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_cloudwatch_log_group",),
    why="Whoever may read logs reads all of them: no key says who may read which, and none can be withdrawn.",
    fix="Build the group with modules.log_group.LogGroup, which takes a key.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    controls=("pci-dss-4.0.1/10.3.1", "pci-dss-4.0.1/3.5.1"),
    check=check,
    mutations=(Mutation("kms_key_id", ABSENT), Mutation("kms_key_id", "alias/aws/logs")),
)
