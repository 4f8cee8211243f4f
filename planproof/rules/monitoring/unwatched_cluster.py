"""No alarm watches a vital sign of a database cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, on_metric, unwatched
from planproof.rule import Filter, Mutation, Outcome, Removal, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


LOAD: Final = ("DBLoad", "ACUUtilization", "ServerlessDatabaseCapacity", "DCUUtilization")
ROOM: Final = ("FreeLocalStorage", "FreeStorageSpace", "AuroraVolumeBytesLeftTotal", "SwapUsage")
SPACES: Final = {
    "aws_rds_cluster": "AWS/RDS",
    "aws_docdb_cluster": "AWS/DocDB",
    "aws_neptune_cluster": "AWS/Neptune",
}


def vitals_of(kind: str) -> tuple[Vital, ...]:
    """What must be watched of a kind of cluster; Neptune publishes no number of connections."""
    space = SPACES[kind]
    both = (Vital("CPUUtilization", space, LOAD), Vital("FreeableMemory", space, ROOM))
    return both if kind == "aws_neptune_cluster" else (*both, Vital("DatabaseConnections", space))


def check(cluster: Resource, document: Document) -> Iterator[Outcome]:
    """Load, memory and connections, of the cluster or of one of its instances."""
    instances = document.naming(cluster, f"{cluster.type}_instance", "cluster_identifier")
    yield from unwatched(
        cluster, document, vitals_of(cluster.type), "cluster_identifier", "identifier", parts=instances
    )


def on_cluster(space: str, metric: str) -> Filter:
    """Choose the alarms on a metric of clusters; RDS has single instances too."""
    chosen = on_metric(space, metric)
    single = "DBInstanceIdentifier" if space == "AWS/RDS" else ""
    return lambda alarm, document: chosen(alarm, document) and single not in alarm.get("dimensions", {})


def watch(kind: str, metric: str) -> dict[str, object]:
    """An alarm on a metric of the specimen's cluster, or of its instance."""
    of = {"DBClusterIdentifier": f"${{{kind}.ledger.cluster_identifier}}"}
    if kind == "aws_docdb_cluster":
        of = {"DBInstanceIdentifier": f"${{{kind}_instance.writer.identifier}}"}
    return {"namespace": SPACES[kind], "metric_name": metric, "dimensions": of}


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=tuple(SPACES),
    why="A writer out of memory or connections stops every payment, and customers are the first to know.",
    fix="Add an alarm on each of these metrics, with the dimension DBClusterIdentifier or DBInstanceIdentifier.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=tuple(
        fault
        for kind, space in SPACES.items()
        for vital in vitals_of(kind)
        for fault in (
            Removal(ALARM, at=vital.metric, on=on_cluster(space, vital.metric)),
            Mutation(
                "dimensions",
                {"DBClusterIdentifier": "another"},
                ALARM,
                at=vital.metric,
                on=on_cluster(space, vital.metric),
            ),
        )
    ),
    specimen={
        "resource": {
            **{kind: {"ledger": {"cluster_identifier": f"{kind}-ledger"}} for kind in SPACES},
            "aws_docdb_cluster_instance": {
                "writer": {
                    "identifier": "writer",
                    "cluster_identifier": "${aws_docdb_cluster.ledger.cluster_identifier}",
                }
            },
            ALARM: {
                f"{kind}-{vital.metric}": watch(kind, vital.metric) for kind in SPACES for vital in vitals_of(kind)
            },
        }
    },
)
