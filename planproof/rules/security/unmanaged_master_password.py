"""The master password of a database is somebody's to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


COPIES: Final = (
    "replicate_source_db",
    "snapshot_identifier",
    "replication_source_identifier",
    "global_cluster_identifier",
)
SWITCHES: Final = {"aws_redshift_cluster": "manage_master_password"}


def has_password(database: Resource, document: Document) -> bool:
    """Whether a database is no copy of another."""
    del document
    return all(database.get(path) is None for path in COPIES)


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """AWS makes it, keeps it and changes it; a copy of another database has none of its own."""
    if all(database.get(path) is None for path in COPIES):
        yield from must(
            database, SWITCHES.get(database.type, "manage_master_user_password"), equals=True, default=False
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster", "aws_docdb_cluster"),
    why="It lies in a state file or a head, and is the same in ten years.",
    fix="Set manage_master_user_password to true; modules.database.Database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    controls=("pci-dss-4.0.1/8.6.2", "pci-dss-4.0.1/8.6.3", "pci-dss-4.0.1/2.2.2", "aws-fsbp/SecretsManager.1"),
    check=check,
    mutations=(
        Mutation("manage_master_user_password", value=False, on=has_password),
        Mutation("manage_master_user_password", ABSENT, on=has_password),
    ),
)
