"""A database can be reached from the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATHS: Final = {"aws_neptunegraph_graph": "public_connectivity"}
USUAL: Final = "publicly_accessible"
PUBLIC_BY_DEFAULT: Final = frozenset({"aws_redshift_cluster", "aws_dms_replication_instance"})


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """No public address; a Redshift cluster and a replication instance get one unless they say no."""
    path = PATHS.get(database.type, USUAL)
    yield from must(database, path, equals=False, default=database.type in PUBLIC_BY_DEFAULT)


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
        "aws_neptune_cluster_instance",
        "aws_lightsail_database",
        "aws_rds_shard_group",
        "aws_timestreaminfluxdb_db_instance",
        *PATHS,
    ),
    why="Every scanner of the world finds it within hours, and one guessed password opens every row.",
    fix="Set publicly_accessible to false and place it in the isolated subnets; modules.database.Database does both.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    controls=(
        "pci-dss-4.0.1/1.4.4",
        "aws-fsbp/RDS.2",
        "aws-fsbp/Redshift.1",
        "aws-fsbp/RedshiftServerless.3",
        "aws-fsbp/DMS.1",
        "cis-aws-3.0/2.3.3",
    ),
    check=check,
    mutations=(
        Mutation(USUAL, value=True, on=lambda database, _: database.type not in PATHS),
        *(Mutation(path, value=True, type=kind) for kind, path in PATHS.items()),
        Mutation(USUAL, ABSENT, on=lambda database, _: database.type in PUBLIC_BY_DEFAULT),
    ),
    specimen={
        "resource": {
            "aws_redshift_cluster": {"reports": {"publicly_accessible": False}},
            "aws_dms_replication_instance": {"move": {"publicly_accessible": False}},
            "aws_rds_cluster_instance": {"writer": {"engine": "aurora-postgresql"}},
            "aws_redshiftserverless_workgroup": {"reports": {}},
            "aws_mq_broker": {"orders": {}},
            "aws_neptune_cluster_instance": {"graph": {}},
            "aws_lightsail_database": {"site": {}},
            "aws_rds_shard_group": {"shards": {}},
            "aws_timestreaminfluxdb_db_instance": {"meters": {}},
            "aws_neptunegraph_graph": {"graph": {}},
        }
    },
)
