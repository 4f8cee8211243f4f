"""A deleted secret cannot be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _kept(secret: Resource, _: Document) -> Iterator[Outcome]:
    yield from must(secret, "recovery_window_in_days", at_least=7, default=30, expected="at least 7 days")


check = outside_the_first(_kept, "aws_secretsmanager_secret")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="The token of the card network is gone in the second in which a pull request renames it.",
    fix="Build the secret with modules.secret.Secret, which leaves 30 days.",
    docs="https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
    controls=(),
    check=check,
    mutations=tuple(
        Mutation("recovery_window_in_days", 0, "aws_secretsmanager_secret", environment=name)
        for name in ("staging", "prod")
    ),
)
