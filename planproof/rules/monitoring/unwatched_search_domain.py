"""No alarm watches the state, the room or the load of a search domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import ALARM, Vital, unwatched, unwatching, watching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/ES"
VITALS: Final = (
    Vital("ClusterStatus.red", SPACE),
    Vital("FreeStorageSpace", SPACE, ("ClusterIndexWritesBlocked",)),
    Vital("CPUUtilization", SPACE),
    Vital("JVMMemoryPressure", SPACE, ("OldGenJVMMemoryPressure",)),
)


def check(domain: Resource, document: Document) -> Iterator[Outcome]:
    """Lost shards, a disk that fills, busy processors and a heap without room."""
    yield from unwatched(domain, document, VITALS, "domain_name")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_opensearch_domain", "aws_elasticsearch_domain"),
    why="A full node blocks every write, and whoever searches for a payment does not find it.",
    fix="Add an alarm on each of these metrics, with the dimensions ClientId and DomainName.",
    docs="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"DomainName": "another"}),
    specimen={
        "resource": {
            "aws_opensearch_domain": {"papers": {"domain_name": "papers"}},
            ALARM: watching(
                VITALS, {"ClientId": "111111111111", "DomainName": "${aws_opensearch_domain.papers.domain_name}"}
            ),
        }
    },
)
