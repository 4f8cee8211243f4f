"""A key is switched off, or is gone within days of a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(key: Resource, _: Document) -> Iterator[Outcome]:
    """On, with its policy checked for locking everybody out."""
    yield from must(key, "is_enabled", equals=True, default=True)
    yield from must(key, "bypass_policy_lockout_safety_check", equals=False, default=False)
    yield from must(key, "deletion_window_in_days", at_least=7, default=30)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_kms_key",),
    why="What it encrypts cannot be read, or never again.",
    fix="Leave is_enabled on and deletion_window_in_days at 7 or more.",
    docs="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    controls=("pci-dss-4.0.1/3.7.5", "aws-fsbp/KMS.3"),
    check=check,
    mutations=(
        Mutation("is_enabled", value=False),
        Mutation("bypass_policy_lockout_safety_check", value=True),
        Mutation("deletion_window_in_days", 1),
    ),
)
