"""Programs log in to a database with passwords only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource, text
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """IAM can be asked; Oracle, SQL Server and Db2 cannot do it."""
    if text(database.get("engine", "postgres")).startswith(("oracle", "sqlserver", "custom-", "db2")):
        return
    yield from must(database, "iam_database_authentication_enabled", equals=True, default=False)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_db_instance", "aws_rds_cluster", "aws_neptune_cluster"),
    why="Passwords are shared, copied and never changed; who used one cannot be told.",
    fix="Set iam_database_authentication_enabled to true; modules.database.Database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
    controls=("pci-dss-4.0.1/8.3.1", "pci-dss-4.0.1/8.6.3", "aws-fsbp/RDS.10", "aws-fsbp/RDS.12"),
    check=check,
    mutations=(
        Mutation("iam_database_authentication_enabled", value=False),
        Mutation("iam_database_authentication_enabled", ABSENT),
    ),
)
