"""A service may assume the role for somebody else's account.

Only services are asked whose documentation says that they send aws:SourceAccount or aws:SourceArn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT
from planproof.iam.trust import ASKED_BY_OTHERS, confused_deputies, hidden
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
    for doubt in confused_deputies(trust):
        path = f"{TRUST}.Statement.{doubt.statement.position}.Condition"
        if doubt.unsure:
            yield Undecided(path, doubt.statement.cause)
            continue
        yield Violation(path, f"aws:SourceAccount or aws:SourceArn, because {doubt.principal.name} asks", found=None)


def _is_asked(role: Resource, document: Document) -> bool:
    trust = statements(role, TRUST, document)
    return any(p.name in ASKED_BY_OTHERS for s in trust for p in s.principals)


_CONDITION = "assume_role_policy.Statement.0.Condition"

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_iam_role",),
    why="A stranger who knows the ARN of the role makes the service use it on his behalf.",
    fix="Build the role with modules.role.Role, which adds the condition on aws:SourceAccount.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    controls=("pci-dss-4.0.1/7.2.2", "pci-dss-4.0.1/7.2.5"),
    check=check,
    mutations=(
        Mutation(_CONDITION, ABSENT, on=_is_asked),
        Mutation(_CONDITION, {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, on=_is_asked),
    ),
)
