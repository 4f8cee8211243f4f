"""A role that a service assumes has no permission boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT
from planproof.iam.trust import hidden
from planproof.iam.written import statements
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource


def check(role: Resource, document: Document) -> Iterator[Outcome]:
    """Ask each role that runs something."""
    if role.get("permissions_boundary") is not None:
        return
    if _runs(role, document):
        yield Violation("permissions_boundary", "the ARN of the policy that no service role may exceed")
        return
    for statement in hidden(statements(role, "assume_role_policy", document)):
        yield Undecided("permissions_boundary", f"who assumes the role is not known: {statement.cause}")


def _runs(role: Resource, document: Document) -> bool:
    trust = statements(role, "assume_role_policy", document)
    return any(principal.kind == "Service" for statement in trust for principal in statement.principals)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_iam_role",),
    why="One careless policy is enough to let a task change who may do what; a boundary makes it harmless.",
    fix="Build the role with modules.role.Role, which takes the boundary.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.3.3"),
    check=check,
    mutations=(Mutation("permissions_boundary", ABSENT, on=_runs),),
)
