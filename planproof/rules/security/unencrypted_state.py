"""Terraform's state is encrypted with a key that AWS manages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(backend: Resource, _: Document) -> Iterator[Outcome]:
    """A key of ours; the key stands in another stack, so its name is all that can be judged."""
    if backend.name != "s3" or backend.get("sse_customer_key") is not None:
        return
    key = backend.get("kms_key_id")
    if key is None or "alias/aws/" in key:
        yield Violation("kms_key_id", "a customer key")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("backend",),
    why="The state names every address and setting; everybody who may read buckets may read it.",
    fix="Give kms_key_id of the s3 backend the key that modules of the state stack create.",
    docs="https://developer.hashicorp.com/terraform/language/backend/s3#kms_key_id",
    controls=("pci-dss-4.0.1/3.5.1",),
    check=check,
    mutations=(
        Mutation("kms_key_id", ABSENT),
        Mutation("kms_key_id", "alias/aws/s3"),
    ),
)
