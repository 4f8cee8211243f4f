"""A log group keeps its logs for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(group: Resource, _: Document) -> Iterator[Outcome]:
    """A number of days; none, or 0, is for ever."""
    yield from must(group, "retention_in_days", at_least=1, default=0, expected="a number of days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_cloudwatch_log_group",),
    why="Personal data outlives its purpose, and the bill for logs grows every month until somebody asks.",
    fix="Build the group with modules.log_group.LogGroup, which takes retention_days.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    controls=("pci-dss-4.0.1/3.2.1", "pci-dss-4.0.1/10.5.1"),
    check=check,
    mutations=(Mutation("retention_in_days", ABSENT), Mutation("retention_in_days", 0)),
)
