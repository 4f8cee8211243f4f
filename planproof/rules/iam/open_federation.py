"""Somebody else's workflow may assume the role.

Every GitHub repository gets its tokens from the same provider: only a condition on the subject tells ours apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT
from planproof.iam.trust import hidden, open_federations
from planproof.iam.written import statements
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

TRUST = "assume_role_policy"


def check(role: Resource, document: Document) -> Iterator[Outcome]:
    """Ask the trust policy."""
    trust = statements(role, TRUST, document)
    for statement in hidden(trust):
        yield Undecided(f"{TRUST}.Statement.{statement.position}.Principal", statement.cause)
    for doubt in open_federations(trust):
        path = f"{TRUST}.Statement.{doubt.statement.position}.Condition"
        if doubt.unsure:
            yield Undecided(path, doubt.statement.cause or doubt.why)
            continue
        found = {c.key: list(c.values) for c in doubt.statement.conditions}
        yield Violation(path, f"a condition that names the repository ({doubt.why})", found=found)


def _is_federated(role: Resource, document: Document) -> bool:
    return any(p.kind == "Federated" for s in statements(role, TRUST, document) for p in s.principals)


_CONDITION = "assume_role_policy.Statement.0.Condition"
_SUBJECT = "token.actions.githubusercontent.com:sub"

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_iam_role",),
    why="Anybody with a GitHub account can deploy into the account, with the rights of our deployment.",
    fix="Require StringEquals on the subject of the token: repo:OWNER/NAME:environment:ENVIRONMENT.",
    docs="https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/8.6.1"),
    check=check,
    mutations=(
        Mutation(_CONDITION, ABSENT, on=_is_federated),
        Mutation(_CONDITION, {"StringLike": {_SUBJECT: "repo:payflow/*"}}, on=_is_federated),
        Mutation(_CONDITION, {"StringNotEquals": {_SUBJECT: "repo:payflow/old:ref:main"}}, on=_is_federated),
    ),
)
