"""A database identifies itself with a certificate that clients no longer trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, among
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


AUTHORITY: Final = "ca_cert_identifier"
ENDED: Final = frozenset({"rds-ca-2010", "rds-ca-2012", "rds-ca-2015", "rds-ca-2019"})


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """None of the authorities that have ended; without a name AWS takes the newest."""
    if among(database.get(AUTHORITY), ENDED):
        yield Violation(AUTHORITY, "rds-ca-rsa2048-g1")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_db_instance", "aws_rds_cluster_instance", "aws_docdb_cluster_instance"),
    why="Clients that check certificates cannot connect; those that are told not to check can be deceived.",
    fix="Set ca_cert_identifier to rds-ca-rsa2048-g1, or leave it out.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
    controls=("pci-dss-4.0.1/4.2.1",),
    check=check,
    mutations=(
        Mutation(AUTHORITY, "rds-ca-2019"),
        Mutation(AUTHORITY, "rds-ca-2015"),
    ),
)
