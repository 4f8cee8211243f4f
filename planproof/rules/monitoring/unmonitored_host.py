"""Nobody sees the processes and disks below a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(database: Resource, _: Document) -> Iterator[Outcome]:
    """Enhanced monitoring: an interval of at most a minute."""
    yield from must(
        database,
        "monitoring_interval",
        one_of=(1, 5, 10, 15, 30, 60),
        default=0,
        expected="at most 60 seconds, and not 0",
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_db_instance", "aws_rds_cluster_instance"),
    why="When the ledger is slow, memory and disks below it cannot be told from a bad query.",
    fix="Set database.monitoring_interval_seconds in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html",
    controls=("aws-fsbp/RDS.6",),
    check=check,
    mutations=(Mutation("monitoring_interval", 0), Mutation("monitoring_interval", ABSENT)),
)
