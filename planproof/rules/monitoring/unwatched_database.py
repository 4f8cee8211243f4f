"""No alarm watches a vital sign of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, on_metric, unwatched
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PRIMARY: Final = (
    Vital("CPUUtilization", "AWS/RDS", ("DBLoad",)),
    Vital("FreeStorageSpace", "AWS/RDS"),
    Vital("DatabaseConnections", "AWS/RDS"),
)
REPLICA: Final = (Vital("CPUUtilization", "AWS/RDS", ("DBLoad",)), Vital("ReplicaLag", "AWS/RDS"))


def check(database: Resource, document: Document) -> Iterator[Outcome]:
    """Load, room and connections of a primary; load and lag of a replica."""
    vitals = PRIMARY if database.get("replicate_source_db") is None else REPLICA
    yield from unwatched(database, document, vitals, "identifier")


def watch(metric: str) -> dict[str, object]:
    """An alarm on a metric of the specimen's replica."""
    return {
        "namespace": "AWS/RDS",
        "metric_name": metric,
        "dimensions": {"DBInstanceIdentifier": "${aws_db_instance.replica.identifier}"},
    }


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_instance",),
    why="A full disk or exhausted connections stop every payment, and customers are the first to know.",
    fix="Hand the database to modules.monitoring.Monitoring, which makes an alarm of each of its vitals.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=(
        *(
            fault
            for metric in ("CPUUtilization", "FreeStorageSpace", "DatabaseConnections")
            for fault in (
                Removal(ALARM, at=metric, on=on_metric("AWS/RDS", metric)),
                Mutation("metric_name", "Typo", ALARM, at=metric, on=on_metric("AWS/RDS", metric)),
                Mutation(
                    "dimensions",
                    {"DBInstanceIdentifier": "another"},
                    ALARM,
                    at=metric,
                    on=on_metric("AWS/RDS", metric),
                ),
            )
        ),
        Removal(ALARM, at="ReplicaLag", on=on_metric("AWS/RDS", "ReplicaLag")),
    ),
    specimen={
        "resource": {
            "aws_db_instance": {"replica": {"identifier": "replica", "replicate_source_db": "elsewhere"}},
            ALARM: {"cpu": watch("CPUUtilization"), "lag": watch("ReplicaLag")},
        }
    },
)
