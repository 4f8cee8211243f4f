"""A secret that nothing reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Addition, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ABOUT_SECRETS = frozenset(
    {
        "aws_secretsmanager_secret_version",
        "aws_secretsmanager_secret_policy",
        "aws_secretsmanager_secret_rotation",
        "aws_iam_role_policy",
        "aws_iam_policy",
    }
)


def check(secret: Resource, document: Document) -> Iterator[Outcome]:
    """Look for a container, function or proxy that is given it."""
    if all(user.type in ABOUT_SECRETS for user in document.referrers(secret)):
        yield Violation("name", "a container that is given the secret, or no secret")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_secretsmanager_secret",),
    why="It is paid by the month, and a credential that nobody needs is only good for a thief.",
    fix="Name the secret in the service's secrets, or take it out.",
    docs="https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
    controls=("aws-fsbp/SecretsManager.3",),
    check=check,
    mutations=(
        Addition("aws_secretsmanager_secret", {"name": "forgotten"}, beside="aws_secretsmanager_secret", at="name"),
    ),
)
