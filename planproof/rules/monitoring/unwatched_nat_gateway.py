"""No alarm tells when a NAT gateway turns connections away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.alarms import Vital, unwatched, unwatching
from planproof.rule import Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


SPACE: Final = "AWS/NATGateway"
VITALS: Final = (Vital("ErrorPortAllocation", SPACE, ("PacketsDropCount",)),)


def check(gateway: Resource, document: Document) -> Iterator[Outcome]:
    """Whether it still has a port for a new connection."""
    yield from unwatched(gateway, document, VITALS, "id")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_nat_gateway",),
    why="Payments to the card networks fail now and then, and every service behind the gateway is green.",
    fix="Hand the network to modules.monitoring.Monitoring, which watches each NAT gateway's ports.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=unwatching(VITALS, {"NatGatewayId": "nat-0"}),
)
