"""A policy allows to hand any role to a service, or a role to any service.

Whoever may pass a role may run code with it: the roles must be named, and `iam:PassedToService` the services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.patterns import includes
from planproof.iam.policy import Answer
from planproof.iam.symbols import place
from planproof.iam.written import IDENTITY, breakable, granting
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

SERVICE = "iam:PassedToService"


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Ask each statement that allows iam:PassRole."""
    anyone = f"arn:aws:iam::{place(document)['account']}:role/<any>"
    for path, statement in granting(resource, document):
        passing = statement.has_action("iam:PassRole")
        wide = [(n, pattern) for n, pattern in enumerate(statement.resources) if includes(pattern, anyone)]
        bound = bool(statement.condition(SERVICE))
        if passing is Answer.MAYBE:
            if wide or (not bound and statement.has_resource(anyone) is not Answer.NO):
                yield Undecided(f"{path}.Action", statement.cause)
            continue
        if passing is not Answer.YES:
            continue
        for position, pattern in wide:
            yield Violation(f"{path}.Resource.{position}", "the roles that are passed, by name", found=pattern)
        if not wide and "Resource" in statement.unknown:
            yield Undecided(f"{path}.Resource", statement.cause)
        if "Condition" in statement.unknown and not bound:
            yield Undecided(f"{path}.Condition", statement.cause)
        elif not bound:
            yield Violation(f"{path}.Condition", f"a condition on {SERVICE}", found=None)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=IDENTITY,
    why="Whoever may pass any role may start a task with it, and so has the permissions of every role.",
    fix="Name the roles in Resource, and the services in a StringEquals condition on iam:PassedToService.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.2.5"),
    check=check,
    mutations=(
        Mutation(
            "policy.Statement.0",
            {"Effect": "Allow", "Action": ["iam:PassRole"], "Resource": ["arn:aws:iam::*:role/payflow-task"]},
            type="aws_iam_role_policy",
            on=breakable,
            at="policy.Statement.0.Condition",
        ),
        Mutation(
            "policy.Statement.0",
            {
                "Effect": "Allow",
                "Action": ["iam:Pass*"],
                "Resource": ["arn:aws:iam::*:role/*"],
                "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
            },
            type="aws_iam_role_policy",
            on=breakable,
            at="policy.Statement.0.Resource.0",
        ),
    ),
)
