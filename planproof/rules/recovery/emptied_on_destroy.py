"""What is stored goes together with what stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATHS: Final = {
    "aws_s3_bucket": "force_destroy",
    "aws_backup_vault": "force_destroy",
    "aws_ecr_repository": "force_delete",
}


def _kept(store: Resource, _: Document) -> Iterator[Outcome]:
    yield from must(store, PATHS[store.type], equals=False, default=False)


check = outside_the_first(_kept, *PATHS)

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="A bucket that is replaced takes the audit trail with it, and no one is asked.",
    fix="Leave deletion_protection at true in the environment's YAML; modules.bucket.Bucket follows it.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    controls=("pci-dss-4.0.1/10.3.2",),
    check=check,
    mutations=tuple(
        Mutation(path, value=True, type=kind, environment=name)
        for kind, path in PATHS.items()
        for name in ("staging", "prod")
    ),
)
