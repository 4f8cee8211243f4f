"""A policy allows every action of a service.

A pattern counts when it covers all actions that the service has or will have, so `s3:*`, `*` and `s?:*` do; so do
patterns that together cover all that it has, and the policies of AWS that give everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.iam.actions import names, names_of
from planproof.iam.patterns import includes_action
from planproof.iam.written import IDENTITY, breakable, granting
from planproof.reading.attached import ATTACHED, attached
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.policy import Statement

# Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
WHOLE: Final = frozenset({"AdministratorAccess", "PowerUserAccess", "IAMFullAccess"})
WISH: Final = "the actions that are needed, by name"


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Ask each action pattern of each statement, and the name of each policy of AWS."""
    if resource.type in IDENTITY:
        for path, statement in granting(resource, document):
            yield from _whole(path, statement)
            if "Action" in statement.unknown:
                yield Undecided(f"{path}.Action", statement.cause)
    if resource.type in ATTACHED:
        for one in attached(resource, document):
            if isinstance(one, Undecided):
                yield one
            elif one.name in WHOLE:
                yield Violation(one.path, "a policy of this project that names what is needed", one.arn)


def _whole(path: str, statement: Statement) -> Iterator[Outcome]:
    parts: dict[str, list[tuple[int, str]]] = {}
    for position, pattern in enumerate(statement.actions):
        service = pattern.partition(":")[0].lower()
        if "*" not in pattern and "?" not in pattern:
            continue
        if includes_action(pattern, f"{service}:*" if ":" in pattern else "*"):
            yield Violation(f"{path}.Action.{position}", WISH, found=pattern)
        else:
            parts.setdefault(service, []).append((position, pattern))
    for service, pieces in parts.items():
        every = len(names_of(service))
        if every and len({name for _, pattern in pieces for name in names(pattern)}) == every:
            found = ", ".join(pattern for _, pattern in pieces)
            yield Violation(f"{path}.Action.{pieces[0][0]}", WISH, found=found)


_PIECES = [f"s3:{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"]

RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=(*IDENTITY, *(kind for kind in ATTACHED if kind not in IDENTITY)),
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
        Mutation(
            "policy.Statement.0.Action",
            _PIECES,
            type="aws_iam_role_policy",
            at="policy.Statement.0.Action.0",
            on=breakable,
        ),
        Mutation("policy_arn", "arn:aws:iam::aws:policy/AdministratorAccess", type="aws_iam_role_policy_attachment"),
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
