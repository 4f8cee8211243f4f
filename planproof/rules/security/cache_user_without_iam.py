"""A user of a cache logs in with a password, or with none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_default(user: Resource) -> bool:
    """Whether a user is the one that every group must have, and that is switched off."""
    return bool(user.get("user_name") == "default")


def check(user: Resource, _: Document) -> Iterator[Outcome]:
    """IAM, unless the user is switched off."""
    if str(user.get("access_string", "")).split(" ")[0] == "off":
        return
    if user.get("no_password_required", False):
        yield Violation("no_password_required", "false")
    else:
        yield from must(user, "authentication_mode.0.type", equals="iam")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_elasticache_user", "aws_memorydb_user"),
    why="Passwords are shared, copied and never changed; none at all opens the cache to whoever reaches it.",
    fix="Set authentication_mode to iam; the task role then decides.",
    docs="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",
    controls=("pci-dss-4.0.1/8.3.1", "pci-dss-4.0.1/8.6.3"),
    check=check,
    mutations=(
        Mutation("authentication_mode.0.type", "password", on=lambda user, _: not is_default(user)),
        Mutation(
            "authentication_mode.0.type",
            "no-password-required",
            on=lambda user, _: user.type == "aws_elasticache_user" and not is_default(user),
        ),
        Mutation(
            "no_password_required",
            value=True,
            on=lambda user, _: user.type == "aws_elasticache_user" and not is_default(user),
        ),
    ),
    specimen={
        "resource": {
            "aws_memorydb_user": {
                "payments": {"access_string": "on ~* +@read", "authentication_mode": {"type": "iam"}}
            },
            "aws_elasticache_user": {
                "default": {"access_string": "off -@all", "no_password_required": True, "user_name": "default"},
                "payments": {"access_string": "on ~payments:* +@all", "authentication_mode": {"type": "iam"}},
            },
        }
    },
)
