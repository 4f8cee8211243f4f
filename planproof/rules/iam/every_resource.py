"""A policy allows to change things on every resource although the action can be limited to some.

Actions that know no resource (`ecr:GetAuthorizationToken`) must be allowed on `*`; a condition narrows too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.actions import expand
from planproof.iam.written import IDENTITY, breakable, granting, statements
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.policy import Statement

CHANGING = frozenset({"Write", "Permissions management", "Tagging"})
ALSO_CONTENTS = frozenset(
    {"secretsmanager:GetSecretValue", "s3:GetObject", "ssm:GetParameter", "ssm:GetParameters", "dynamodb:GetItem"}
)


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Ask each statement on everything for an action that did not need it."""
    for path, statement in granting(resource, document):
        wide = [(n, target) for n, target in enumerate(statement.resources) if target.strip("*:") in _EVERYTHING]
        if statement.conditions or not (wide or "Resource" in statement.unknown):
            continue
        limitable = _limitable(statement)
        if limitable is None:
            if "Action" in statement.unknown:
                yield Undecided(f"{path}.Action", statement.cause)
        elif not wide or "Condition" in statement.unknown:
            yield Undecided(f"{path}.{'Condition' if wide else 'Resource'}", statement.cause)
        else:
            for position, target in wide:
                yield Violation(f"{path}.Resource.{position}", f"the ARNs that {limitable} is needed on", found=target)


_EVERYTHING = frozenset({"", "arn", "arn:aws"})


def _limitable(statement: Statement) -> str | None:
    for pattern in statement.actions:
        for action in expand(pattern):
            if action.required_types and (action.levels & CHANGING or action.name in ALSO_CONTENTS):
                return action.name
            if action.name in ALSO_CONTENTS:
                return action.name
    return None


def _limitable_on_some(policy: Resource, document: Document) -> bool:
    first = next((s for s in statements(policy, "policy", document) if s.position == 0), None)
    return breakable(policy, document) and first is not None and not first.conditions and _limitable(first) is not None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=IDENTITY,
    why="A mistake or a thief in one service reaches the keys, secrets and queues of all others.",
    fix="Give the grant the ARNs of what is used: service.grants.allow(access, resource, why).",
    docs="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.2.5", "aws-fsbp/KMS.1", "aws-fsbp/KMS.2"),
    check=check,
    mutations=(
        Mutation("policy.Statement.0.Resource.0", "*", type="aws_iam_role_policy", on=_limitable_on_some),
        Mutation("policy.Statement.0.Resource.0", "arn:aws:*", type="aws_iam_role_policy", on=_limitable_on_some),
    ),
)
