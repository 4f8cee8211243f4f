"""The account of somebody else is written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.literals import accounts, written
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(stack: Resource, document: Document) -> Iterator[Outcome]:
    """Every ARN in every text, when the provider says which accounts are the stack's own."""
    del stack
    own = accounts(document)
    if not own:
        return
    for one, path, _, owned in written(document):
        found = [number for number in owned if number not in own]
        if found:
            yield Violation(path, f"an ARN of {' or '.join(sorted(own))}", found=found[0], resource=one)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("stack",),
    why="A number copied from another environment gives production's rights to it, or fails on the day it matters.",
    fix="Build ARNs with deployment.arn(...), which takes the account from the environment's YAML.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    controls=("pci-dss-4.0.1/6.5.3",),
    check=check,
    mutations=(
        Mutation("resources", ["arn:aws:rds:eu-west-1:999999999999:db:x"], "aws_backup_selection", at="resources.0"),
        Mutation("permissions_boundary", "arn:aws:iam::999999999999:policy/x", "aws_iam_role"),
        Mutation(
            "alarm_actions",
            ["arn:aws:sns:eu-west-1:999999999999:x"],
            "aws_cloudwatch_composite_alarm",
            at="alarm_actions.0",
        ),
    ),
)
