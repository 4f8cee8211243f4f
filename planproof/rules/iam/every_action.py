"""A policy allows every action of a service.

A pattern counts when it covers all actions that the service has or will have, so `s3:*`, `*` and `s?:*` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.patterns import includes_action
from planproof.iam.written import IDENTITY, breakable, granting
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Ask each action pattern of each statement."""
    for path, statement in granting(resource, document):
        for position, pattern in enumerate(statement.actions):
            service = pattern.partition(":")[0]
            if "*" in pattern and includes_action(pattern, f"{service}:*" if ":" in pattern else "*"):
                yield Violation(f"{path}.Action.{position}", "the actions that are needed, by name", found=pattern)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=IDENTITY,
    why="Whoever takes over the role may do everything with the service, and what AWS adds to it next year.",
    fix="Name the actions in the Access of a grant: service.grants.allow(access, resource, why).",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    controls=("pci-dss-4.0.1/7.2.2", "aws-fsbp/IAM.1", "aws-fsbp/IAM.21"),
    check=check,
    mutations=(
        Mutation("policy.Statement.0.Action.0", "*", type="aws_iam_role_policy", on=breakable),
        Mutation("policy.Statement.0.Action.0", "s3:*", type="aws_iam_role_policy", on=breakable),
        Mutation("policy.Statement.0.Action.0", "KMS:**", type="aws_iam_role_policy", on=breakable),
        Mutation("inline_policy.Statement.0.Action.0", "*", type="aws_ssoadmin_permission_set_inline_policy"),
    ),
    specimen={
        "resource": {
            "aws_ssoadmin_permission_set_inline_policy": {
                "staff": {
                    "inline_policy": '{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], '
                    '"Resource": ["arn:aws:s3:::receipts/*"]}]}'
                }
            }
        }
    },
)
