"""A log group keeps its logs for less than a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_DAYS: Final = 30
FOR_EVER: Final = 0


def check(group: Resource, _: Document) -> Iterator[Outcome]:
    """A log that is kept for ever is endless-log's."""
    if group.get("retention_in_days", FOR_EVER) != FOR_EVER:
        yield from must(group, "retention_in_days", at_least=LEAST_DAYS, expected=f"at least {LEAST_DAYS} days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_cloudwatch_log_group",),
    why="An intrusion is noticed weeks after it began, and the lines that show its beginning are deleted.",
    fix="Set the log's days in the environment's YAML to 30 or more.",
    docs="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16",
    controls=("pci-dss-4.0.1/10.5.1",),
    check=check,
    mutations=(Mutation("retention_in_days", 1), Mutation("retention_in_days", 14)),
)
