"""No alarm watches the load, the room or the health of a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, unwatched, unwatching, watching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/Redshift"
VITALS: Final = (
    Vital("CPUUtilization", SPACE),
    Vital("PercentageDiskSpaceUsed", SPACE),
    Vital("HealthStatus", SPACE),
)


def check(warehouse: Resource, document: Document) -> Iterator[Outcome]:
    """Its processors, how full it is, and whether it answers at all."""
    yield from unwatched(warehouse, document, VITALS, "cluster_identifier")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_redshift_cluster",),
    why="The reports to the regulator are late, and the full disk behind it is found by hand.",
    fix="Add an alarm on each of these metrics, with the dimension ClusterIdentifier.",
    docs="https://docs.aws.amazon.com/redshift/latest/mgmt/metrics-listing.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"ClusterIdentifier": "another"}),
    specimen={
        "resource": {
            "aws_redshift_cluster": {"reports": {"cluster_identifier": "reports"}},
            ALARM: watching(VITALS, {"ClusterIdentifier": "${aws_redshift_cluster.reports.cluster_identifier}"}),
        }
    },
)
