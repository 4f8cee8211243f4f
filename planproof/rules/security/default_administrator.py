"""The administrator of a database has the name that everybody tries first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, among
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


COMMON: Final = frozenset({"admin", "administrator", "awsuser", "dbadmin", "master", "mysql", "postgres", "root", "sa"})


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """None of the names of the engines' own examples."""
    path = "username" if database.type == "aws_db_instance" else "master_username"
    if among(database.get(path, ""), COMMON):
        yield Violation(path, "a name of your own")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster"),
    why="Half of the guess is made.",
    fix="Give username a name of your own; modules.database.Database does.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html",
    controls=("pci-dss-4.0.1/2.2.2", "aws-fsbp/RDS.24", "aws-fsbp/RDS.25"),
    check=check,
    mutations=(
        Mutation("username", "postgres", on=lambda database, _: database.type == "aws_db_instance"),
        Mutation("username", "admin", on=lambda database, _: database.type == "aws_db_instance"),
        Mutation("username", "root", on=lambda database, _: database.type == "aws_db_instance"),
    ),
)
