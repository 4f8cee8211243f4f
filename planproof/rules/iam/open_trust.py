"""Anybody may assume the role.

`Principal: "*"`, `AWS: "*"` and NotPrincipal trust every account in the world; a condition may narrow them, but
a condition that is left out or misspelt opens the role to everyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.iam.trust import open_to_anyone
from planproof.iam.written import statements
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

TRUST = "assume_role_policy"


def check(role: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the trust policy."""
    for doubt in open_to_anyone(statements(role, TRUST, document)):
        element = "NotPrincipal" if doubt.statement.not_principals else "Principal"
        path = f"{TRUST}.Statement.{doubt.statement.position}.{element}"
        yield Violation(path, "the services, roles or accounts that use the role, by name", found=doubt.principal.name)


_PRINCIPAL = "assume_role_policy.Statement.0.Principal"

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_iam_role",),
    why="A stranger's account can take the role and everything it may do.",
    fix="Name in Principal the service, the role or the account that assumes the role.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.3.3"),
    check=check,
    mutations=(
        Mutation(_PRINCIPAL, "*"),
        Mutation(_PRINCIPAL, {"AWS": "*"}),
        Mutation(_PRINCIPAL, {"AWS": ["arn:aws:iam::111111111111:root", "*"]}),
        Mutation(
            "assume_role_policy.Statement.0",
            {"Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "111111111111"}},
            at="assume_role_policy.Statement.0.NotPrincipal",
        ),
    ),
)
