"""A data store runs another engine version in one environment than in the next."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Violation
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPES = ("aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group")
PATHS = ("engine", "engine_version")


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """What was tested is what runs: the same store has the same engine in each environment and the next."""
    ordered = [documents[name] for name in settings.environments if name in documents]
    for before, after in pairwise(ordered):
        for store in after.of(*TYPES):
            twin = before.resource(store.address)
            if twin is not None:
                yield from _compared(twin, store, before.name)


def _compared(twin: Resource, store: Resource, name: str) -> Iterator[Outcome]:
    for path in PATHS:
        if twin.get(path) != store.get(path):
            yield Violation(path, f"{twin.get(path, ABSENT)}, as in {name}", resource=store)


def is_primary(database: Resource, _: Document) -> bool:
    """Whether a database has a twin in every environment; replicas are a matter of size."""
    return database.get("replicate_source_db") is None


def store(version: str) -> dict[str, object]:
    """A configuration with one database of that version."""
    return {"resource": {"aws_db_instance": {"main": {"engine": "postgres", "engine_version": version}}}}


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="What passed its tests in staging is not what production runs.",
    fix="Give all environments the same engine and version; let them differ only in size.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html",
    controls=("pci-dss-4.0.1/6.5.1",),
    check=check,
    mutations=(
        Mutation("engine_version", "12", type="aws_db_instance", environment="prod", on=is_primary),
        Mutation("engine", "mysql", type="aws_db_instance", environment="prod", on=is_primary),
        Mutation("engine_version", ABSENT, type="aws_db_instance", environment="prod", on=is_primary),
    ),
    specimen={name: store("16") for name in ("staging", "prod")},
    settings=Settings(("dev", "staging", "prod")),
)
