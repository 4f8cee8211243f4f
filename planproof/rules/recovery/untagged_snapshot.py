"""The snapshots or backups of a store do not say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.stores import TAGGED, is_copy, source
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


DATABASES: Final = frozenset(kind for kind, path in TAGGED.items() if path == "copy_tags_to_snapshot")


def check(store: Resource, _: Document) -> Iterator[Outcome]:
    """Tags are copied when a snapshot is taken, also of a database's replica."""
    if store.type in DATABASES or not is_copy(store):
        yield from must(store, TAGGED[store.type], equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=tuple(TAGGED),
    why="Nobody dares to delete a snapshot of unknown owner and class, so card data is kept for ever.",
    fix="Build the instance with modules.database.Database, which copies its tags.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html",
    controls=(
        "aws-fsbp/RDS.17",
        "aws-fsbp/RDS.16",
        "aws-fsbp/Neptune.8",
        "aws-fsbp/FSx.1",
        "aws-fsbp/FSx.2",
        "pci-dss-4.0.1/3.2.1",
    ),
    check=check,
    mutations=tuple(
        Mutation(path, value, kind, on=source(kind)) for kind, path in TAGGED.items() for value in (False, ABSENT)
    ),
    specimen={
        "resource": {kind: {"store": {path: True, "deployment_type": "PERSISTENT_2"}} for kind, path in TAGGED.items()}
    },
)
