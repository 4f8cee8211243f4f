"""Terraform's state is not encrypted, or two people can write it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(backend: Resource, _: Document) -> Iterator[Outcome]:
    """Encrypted in S3, with a lock in the bucket or the older one in DynamoDB."""
    if backend.name != "s3":
        return
    yield from must(backend, "encrypt", equals=True)
    if backend.get("use_lockfile") is not True and backend.get("dynamodb_table") is None:
        yield Violation("use_lockfile", "true")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("backend",),
    why="The state holds every attribute of the estate, and two writers at once destroy it.",
    fix="Set encrypt and use_lockfile to true in the s3 backend.",
    docs="https://developer.hashicorp.com/terraform/language/backend/s3",
    controls=("pci-dss-4.0.1/3.5.1", "pci-dss-4.0.1/6.5.1"),
    check=check,
    mutations=(
        Mutation("encrypt", value=False),
        Mutation("encrypt", ABSENT),
        Mutation("use_lockfile", value=False),
        Mutation("use_lockfile", ABSENT),
    ),
    specimen={
        "terraform": {"backend": {"s3": {"bucket": "state", "encrypt": True, "use_lockfile": True}}},
        "resource": {"aws_vpc": {"main": {}}},
    },
)
