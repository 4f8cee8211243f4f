"""A database cannot grow its disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource, among
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_DISK: Final = ("aurora", "aurora-mysql", "aurora-postgresql")


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """An instance of Aurora has no disk of its own."""
    if not among(database.get("engine"), NO_DISK):
        yield from must(
            database, "max_allocated_storage", at_least=1, default=0, expected="the GiB up to which the disk may grow"
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_db_instance",),
    why="A full disk stops the ledger in the middle of a payment, and only a person can make it larger.",
    fix="Set database.storage_limit_gib in the environment's YAML above the size the disk starts with.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
    controls=(),
    check=check,
    mutations=(Mutation("max_allocated_storage", ABSENT), Mutation("max_allocated_storage", 0)),
)
