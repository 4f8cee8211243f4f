"""A database can be reached from the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PUBLIC_BY_DEFAULT: Final = frozenset({"aws_redshift_cluster", "aws_dms_replication_instance"})


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """No public address; a Redshift cluster and a replication instance get one unless they say no."""
    yield from must(database, "publicly_accessible", equals=False, default=database.type in PUBLIC_BY_DEFAULT)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=(
        "aws_db_instance",
        "aws_rds_cluster_instance",
        "aws_redshift_cluster",
        "aws_redshiftserverless_workgroup",
        "aws_dms_replication_instance",
        "aws_mq_broker",
    ),
    why="Every scanner of the world finds it within hours, and one guessed password opens every row.",
    fix="Set publicly_accessible to false and place it in the isolated subnets; modules.database.Database does both.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    controls=("pci-dss-4.0.1/1.4.4", "aws-fsbp/RDS.2", "aws-fsbp/Redshift.1", "aws-fsbp/DMS.1", "cis-aws-3.0/2.3.3"),
    check=check,
    mutations=(
        Mutation("publicly_accessible", value=True),
        Mutation("publicly_accessible", ABSENT, on=lambda database, _: database.type in PUBLIC_BY_DEFAULT),
    ),
    specimen={
        "resource": {
            "aws_redshift_cluster": {"reports": {"publicly_accessible": False}},
            "aws_dms_replication_instance": {"move": {"publicly_accessible": False}},
            "aws_rds_cluster_instance": {"writer": {"engine": "aurora-postgresql"}},
            "aws_mq_broker": {"orders": {}},
        }
    },
)
