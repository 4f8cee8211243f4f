"""A role lacks what its task needs.

The needs come from the task definition: its image, log, secrets and the addresses its containers are given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT
from planproof.iam.sufficiency import assignments, lacks
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(task: Resource, document: Document) -> Iterator[Outcome]:
    """Compare both roles of the task with the needs of all tasks that use them."""
    for assignment in assignments(document):
        if assignment.tasks[0] is not task:
            continue
        if assignment.unknown:
            yield Undecided(assignment.path, assignment.unknown)
        missing = []
        for lack in lacks(assignment):
            wanted = ", ".join(f"{request.action} on {request.resource}" for request in lack.missing)
            if lack.doubt:
                yield Undecided(assignment.path, f"{lack.need.why}: {wanted}, but {lack.doubt}")
            else:
                missing.append(f"{lack.need.why}: {wanted}")
        if missing:
            role = assignment.role.resource.address
            yield Violation(assignment.path, f"a role that may {'; '.join(missing)}", found=role)


def _writes_a_log(policy: Resource, document: Document) -> bool:
    del document
    return "logs:PutLogEvents" in str(policy.policy("policy")) and "/task/execution-role/" in policy.origin


def _sends(policy: Resource, document: Document) -> bool:
    del document
    return "sqs:SendMessage" in str(policy.policy("policy")) and "/task/task-role/" in policy.origin


def _receives(policy: Resource, document: Document) -> bool:
    del document
    return "sqs:ReceiveMessage" in str(policy.policy("policy")) and "/task/task-role/" in policy.origin


_POLICY = "aws_iam_role_policy"

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_ecs_task_definition",),
    why="The task does not start, or fails at the first payment that needs what it may not do.",
    fix="Add the sentence to the stack: service.grants.allow(access, resource, why).",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html",
    controls=("pci-dss-4.0.1/7.2.2",),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0.Action.1", "logs:GetLogEvents", type=_POLICY, at="execution_role_arn", on=_writes_a_log
        ),
        Mutation("policy.Statement.0.Resource.0", "arn:aws:logs:eu-west-1:*:log-group:/other:*", type=_POLICY,
                 at="execution_role_arn", on=_writes_a_log),
        Mutation("policy.Statement.0.Action.0", "sqs:ListQueues", type=_POLICY, at="task_role_arn", on=_sends),
        Mutation("policy.Statement.1", ABSENT, type=_POLICY, at="task_role_arn", on=_sends),
        Mutation("policy.Statement.1.Action.0", "kms:Encrypt", type=_POLICY, at="task_role_arn", on=_receives),
        Mutation("policy.Statement.0.Effect", "Deny", type=_POLICY, at="task_role_arn", on=_receives),
        Removal(_POLICY, at="execution_role_arn", on=_writes_a_log),
    ),
)  # fmt: skip
