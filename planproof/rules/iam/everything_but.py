"""A policy allows everything but a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.written import IDENTITY, breakable, granting
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Find the elements that allow by leaving out."""
    for path, statement in granting(resource, document):
        if statement.not_actions:
            yield Violation(f"{path}.NotAction", "Action, naming what is needed", found=list(statement.not_actions))
        if statement.not_resources:
            found = list(statement.not_resources)
            yield Violation(f"{path}.NotResource", "Resource, naming what it is needed on", found=found)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=IDENTITY,
    why="What is left out is forgotten: every new action and every new resource is allowed by default.",
    fix="Name what is allowed with Action and Resource; leave NotAction to statements that deny.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.3.3"),
    check=check,
    mutations=(
        Mutation("policy.Statement.0.NotAction", ["iam:*"], type="aws_iam_role_policy", on=breakable),
        Mutation(
            "policy.Statement.0.NotResource", ["arn:aws:s3:::payments/*"], type="aws_iam_role_policy", on=breakable
        ),
    ),
)
