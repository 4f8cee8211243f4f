"""Images are not encrypted with a key of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource, among
from planproof.reading.keys import must_use_our_key
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


KIND: Final = "encryption_configuration.0.encryption_type"


def check(repository: Resource, document: Document) -> Iterator[Outcome]:
    """KMS, and a customer key."""
    kind = repository.get(KIND, "AES256")
    if not among(kind, {"KMS", "KMS_DSSE"}):
        yield Violation(KIND, "KMS")
    else:
        yield from must_use_our_key(repository, "encryption_configuration.0.kms_key", document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_ecr_repository",),
    why="Our programs lie under a key that we can neither restrict nor withdraw.",
    fix="Set encryption_type to KMS with the arn of a customer key; modules.repository.Repository does.",
    docs="https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html",
    controls=("pci-dss-4.0.1/6.3.2",),
    check=check,
    mutations=(
        Mutation(KIND, "AES256"),
        Mutation("encryption_configuration", ABSENT, at=KIND),
        Mutation("encryption_configuration.0.kms_key", ABSENT),
        Mutation("encryption_configuration.0.kms_key", "alias/aws/ecr"),
    ),
)
