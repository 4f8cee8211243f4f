"""A role of a task may do what nothing in the task needs.

The needs come from the task definition: its image, log, secrets and the addresses its containers are given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.sufficiency import assignments, excesses
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(task: Resource, document: Document) -> Iterator[Outcome]:
    """Ask every statement of both roles for its reason."""
    for assignment in assignments(document):
        if assignment.tasks[0] is not task:
            continue
        if assignment.unknown:
            yield Undecided(assignment.path, assignment.unknown)
            continue
        for policy in assignment.role.policies:
            for statement in policy.statements:
                if statement.allows and statement.unknown:
                    yield Undecided(policy.path, statement.cause, policy.resource)
        for excess in excesses(assignment):
            place = f"{excess.policy.path}.Statement.{excess.statement.position}.Action.{excess.element}"
            found = f"{excess.request.action} on {excess.request.resource}"
            yield Violation(place, "only what the task needs", found=found, resource=excess.policy.resource)


def _of_a_task(policy: Resource, document: Document) -> bool:
    role = document.target(policy, "role")
    return (
        role is not None
        and isinstance(policy.policy("policy"), dict)
        and bool(document.referrers(role, "aws_ecs_task_definition"))
    )


_ACTION = "policy.Statement.0.Action.0"
_POLICY = "aws_iam_role_policy"

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="Code that is taken over can do more than its own work: delete a queue, read another service's secret.",
    fix="Take the permission out of the grant, or give the container the address of what it is for.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.2.5"),
    check=check,
    mutations=(
        Mutation(_ACTION, "sqs:DeleteQueue", type=_POLICY, on=_of_a_task),
        Mutation(_ACTION, "secretsmanager:*", type=_POLICY, on=_of_a_task),
        Mutation(_ACTION, "s3:GetObject", type=_POLICY, on=_of_a_task),
    ),
)
