"""A customer key encrypts nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.rule import Addition, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ABOUT_KEYS = frozenset({"aws_kms_alias", "aws_kms_key_policy", "aws_kms_grant"})


def check(key: Resource, document: Document) -> Iterator[Outcome]:
    """Look for anything that refers to it, directly or by its alias."""
    users = [user for user in document.referrers(key) if user.type not in ABOUT_KEYS]
    for alias in document.referrers(key, "aws_kms_alias"):
        users += document.referrers(alias)
    if not users:
        yield Violation("description", "something that is encrypted with it, or no key", found=key.address)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_kms_key",),
    why="It is paid by the month, and whoever reads the list of keys believes that something is protected.",
    fix="Hand the key to what it was made for, or take it out.",
    docs="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-determining-usage.html",
    controls=("pci-dss-4.0.1/3.6.1",),
    check=check,
    mutations=(Addition("aws_kms_key", {"description": "forgotten"}, beside="aws_kms_key", at="description"),),
)
