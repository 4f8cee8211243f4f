"""A store of data is deleted without a last snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.stores import LAST, is_copy, source
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(store: Resource, _: Document) -> Iterator[Outcome]:
    """Taken, and with a name where one is needed; a replica's data is its source's."""
    if is_copy(store):
        return
    last = LAST[store.type]
    yield from must(store, last.skip, equals=False, default=last.default)
    if last.name is not None and store.get(last.skip, last.default) is False:
        yield from must(store, last.name, present=True, expected="a name for the snapshot")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=tuple(LAST),
    why="Automated backups go with the database: what was deleted by mistake is gone for good.",
    fix="Build the instance with modules.database.Database, which names a final snapshot.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    controls=("pci-dss-4.0.1/9.4.1.1",),
    check=check,
    mutations=(
        *(Mutation(last.skip, value=True, type=kind, on=source(kind)) for kind, last in LAST.items()),
        *(Mutation(last.name, ABSENT, kind, on=source(kind)) for kind, last in LAST.items() if last.name),
        *(Mutation(last.skip, ABSENT, kind, on=source(kind)) for kind, last in LAST.items() if last.default),
    ),
    specimen={
        "resource": {
            kind: {
                "store": {
                    "deployment_type": "PERSISTENT_2",
                    last.skip: False,
                    **({last.name: "the-last"} if last.name else {}),
                }
            }
            for kind, last in LAST.items()
        }
    },
)
