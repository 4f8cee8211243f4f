"""Who may assume a role, and whether somebody else's request could come through a service.

Confused deputy: a service that acts for many accounts may be asked by a stranger to use our role; the
conditions of GUARDS tie the request to our account.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.iam.patterns import includes
from planproof.iam.policy import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.iam.policy import Principal, Statement

ACCOUNT: Final = "<account>"
ASSUME: Final = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")
GUARDS: Final = frozenset(
    {"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", "sts:externalid"}
)
# Services whose documentation says that they send a source key when they assume a role. Others (EC2, Lambda,
# Backup) assume a role only where iam:PassRole gave it to them, and a condition would lock them out.
ASKED_BY_OTHERS: Final = frozenset(
    {
        "bedrock.amazonaws.com", "bedrock-agentcore.amazonaws.com", "codebuild.amazonaws.com",
        "ecs-tasks.amazonaws.com", "firehose.amazonaws.com", "logs.amazonaws.com",
        "monitoring.rds.amazonaws.com", "scheduler.amazonaws.com", "states.amazonaws.com",
        "transfer.amazonaws.com", "vpc-flow-logs.amazonaws.com",
    }
)  # fmt: skip


class Doubt(Struct, frozen=True):
    """One principal of a trust policy that is wider than it must be, and why; `unsure` when it only may be."""

    statement: Statement
    principal: Principal
    why: str
    unsure: bool = False


def hidden(trust: tuple[Statement, ...]) -> Iterator[Statement]:
    """Yield each statement that lets somebody in of whom it is not known who."""
    for statement in trust:
        if statement.allows and "Principal" in statement.unknown:
            yield statement


def _assuming(trust: tuple[Statement, ...]) -> Iterator[tuple[Statement, Principal]]:
    for statement in trust:
        if statement.allows and any(statement.has_action(a) is not Answer.NO for a in ASSUME):
            for principal in statement.principals:
                yield statement, principal


def trusts_service(trust: tuple[Statement, ...], service: str) -> bool:
    """Tell whether the service may assume the role."""
    return any(
        (p.kind == "Service" and p.name == service) or (p.name == "*" and p.kind in {"AWS", "Service"})
        for _, p in _assuming(trust)
    )


def trusts_role(trust: tuple[Statement, ...], role_arn: str) -> Answer:
    """Tell whether a role of the same account may assume the role (its own ARN, the account or anybody).

    MAYBE where the policy names an account, and which one the stack is made in is not known.
    """
    found = {_is_or_holds(p.name, role_arn) for _, p in _assuming(trust) if p.kind == "AWS"}
    return next((answer for answer in (Answer.YES, Answer.MAYBE) if answer in found), Answer.NO)


def _is_or_holds(principal: str, role_arn: str) -> Answer:
    if principal in {"*", role_arn}:
        return Answer.YES
    account = role_arn.split(":")[4] if role_arn.count(":") >= len("aaaaa") else ""
    whole = principal.removesuffix(":root").rpartition(":")[2] if principal.endswith(":root") else principal
    if (account and whole == account) or includes(principal, role_arn):
        return Answer.YES
    named = whole if whole.isdecimal() else principal.split(":")[4] if principal.count(":") >= len("aaaaa") else ""
    if account != ACCOUNT or not named.isdecimal():
        return Answer.NO
    same = whole == named or includes(principal, role_arn.replace(ACCOUNT, named))
    return Answer.MAYBE if same else Answer.NO


def confused_deputies(trust: tuple[Statement, ...]) -> Iterator[Doubt]:
    """Yield each service that is trusted whoever asks it."""
    for statement, principal in _assuming(trust):
        guarded = any(condition.key in GUARDS for condition in statement.conditions)
        if principal.kind == "Service" and not guarded and principal.name in ASKED_BY_OTHERS:
            unsure = "Condition" in statement.unknown
            yield Doubt(statement, principal, "no aws:SourceAccount or aws:SourceArn ties the request to us", unsure)


def open_federations(trust: tuple[Statement, ...]) -> Iterator[Doubt]:
    """Yield each web identity provider whose subjects are not narrowed to ours.

    A GitHub token carries `repo:OWNER/NAME:...` as its subject; without a condition on it, or with a
    wildcard before the repository ends, a workflow of anybody's repository may assume the role.
    Source: https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments
    """
    for statement, principal in _assuming(trust):
        if principal.kind != "Federated":
            continue
        subjects = [c for c in statement.conditions if c.key.endswith(":sub")]
        if not subjects:
            why = "no condition on the subject of the token"
            yield Doubt(statement, principal, why, "Condition" in statement.unknown)
        elif any(not _is_narrow(value) for c in subjects for value in c.values):
            yield Doubt(statement, principal, "a wildcard stands where the repository must be named")
        elif any("not" in c.operator.lower() for c in subjects):
            yield Doubt(statement, principal, "the condition excludes subjects instead of naming ours")
        elif any("like" in c.operator.lower() and value.startswith("<") for c in subjects for value in c.values):
            yield Doubt(statement, principal, "the subject is not known", unsure=True)


def _is_narrow(subject: str) -> bool:
    kind, _, rest = subject.partition(":")
    named = rest.partition(":")[0] if kind == "repo" else subject
    return "*" not in named and "?" not in named and "*" not in kind
