"""A secret is encrypted with the key that AWS manages for the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """A key that we can withdraw, not one of AWS."""
    yield from must_use_our_key(store, "kms_key_id", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_secretsmanager_secret",),
    why="Everybody who may read secrets may decrypt them: no key policy stands behind the permission.",
    fix="Give kms_key_id the arn of the secrets key; modules.secret.Secret does.",
    docs="https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
    controls=("pci-dss-4.0.1/8.3.2", "pci-dss-4.0.1/3.6.1"),
    check=check,
    mutations=(
        Mutation("kms_key_id", ABSENT),
        Mutation("kms_key_id", "alias/aws/some-service"),
    ),
)
