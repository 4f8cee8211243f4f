"""Anybody may assume the role.

`Principal: "*"`, `AWS: "*"` and NotPrincipal trust every account in the world, unless a condition leaves only an
account, an organisation or a network that is named; a condition that anybody can meet leaves the role open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.reading.policies import must_not_be_open
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

TRUST = "assume_role_policy"


def check(role: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the trust policy."""
    yield from must_not_be_open(role, TRUST, document, "the services, roles or accounts that use the role, by name")


_STATEMENT = "assume_role_policy.Statement.0"
_PRINCIPAL = f"{_STATEMENT}.Principal"
_OPEN = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}

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
        Mutation(_STATEMENT, _OPEN, at=_PRINCIPAL),
        Mutation(_STATEMENT, {**_OPEN, "Principal": {"AWS": "*"}}, at=_PRINCIPAL),
        Mutation(_STATEMENT, {**_OPEN, "Principal": {"AWS": ["arn:aws:iam::111111111111:root", "*"]}}, at=_PRINCIPAL),
        Mutation(_STATEMENT, {**_OPEN, "Condition": {"StringEquals": {"sts:ExternalId": "ours"}}}, at=_PRINCIPAL),
        Mutation(
            _STATEMENT,
            {"Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "111111111111"}},
            at=f"{_STATEMENT}.NotPrincipal",
        ),
    ),
)
