"""A database identifies itself with a certificate that clients no longer trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


AUTHORITY: Final = "ca_cert_identifier"
KNOWN: Final = ("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1")


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """One of the authorities that AWS still runs; without a name AWS takes the newest."""
    if database.get(AUTHORITY) is not None:
        yield from must(database, AUTHORITY, one_of=KNOWN)


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
