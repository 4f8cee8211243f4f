"""Load balancers, NAT, addresses, endpoints, names.

Sources: https://aws.amazon.com/elasticloadbalancing/pricing/, https://aws.amazon.com/vpc/pricing/,
https://aws.amazon.com/privatelink/pricing/, https://aws.amazon.com/route53/pricing/
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from planproof.cost.items import Item, Meters, Usage, count
from planproof.document import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

ONE: Final = Decimal(1)


def load_balancer(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the hour, and by the load; a public one has an address in each zone."""
    del document
    kind = {"application": "alb", "network": "nlb", "gateway": "gwlb"}.get(
        str(resource.get("load_balancer_type", "application")), "lb"
    )
    yield Item("load balancer", kind, "hour", ONE, hourly=True)
    yield Usage("load balancer capacity units", "connections, requests and GB")
    internal = resource.get("internal", False)
    if isinstance(internal, Unknown) or internal is not True:
        zones = count(resource.get("subnets")) or count(resource.get("subnet_mapping"))
        yield Item(
            "public IPv4 of the load balancer",
            "public-ipv4",
            "in-use.hour",
            zones,
            hourly=True,
            note="one for each zone" if zones is not None else "the number of subnets is not known",
        )


def nat_gateway(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """By the hour, and by the GB that passes."""
    del resource, document
    yield Item("NAT gateway", "nat-gateway", "hour", ONE, hourly=True)
    yield Usage("NAT traffic", "GB processed")


def address(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """Every public IPv4 address, used or not."""
    del resource, document
    yield Item("public IPv4", "public-ipv4", "in-use.hour", ONE, hourly=True)


def endpoint(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """An interface endpoint by the hour and zone; a gateway endpoint is free."""
    del document
    kind = resource.get("vpc_endpoint_type", "Gateway")
    if kind == "Gateway":
        yield Item("gateway endpoint", "vpc-endpoint", "gateway.hour", ONE, hourly=True)
        return
    zones = count(resource.get("subnet_ids")) or count(resource.get("subnet_configuration"))
    yield Item(
        "interface endpoint",
        "vpc-endpoint",
        "interface.hour",
        zones,
        hourly=True,
        note="one for each zone" if zones is not None else "the number of subnets is not known",
    )
    yield Usage("endpoint traffic", "GB processed")


def zone(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A hosted zone by the month, and by the query."""
    del resource, document
    yield Item("hosted zone", "route53", "hosted-zone-month", ONE, hourly=False)
    yield Usage("DNS queries", "queries")


def health_check(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A health check by the month."""
    del resource, document
    yield Item("health check", "route53", "health-check-month", ONE, hourly=False)


def flow_log(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """Flow logs are delivered by the GB."""
    del resource, document
    yield Usage("flow logs", "GB delivered")


def transit(resource: Resource, document: Document) -> Iterator[Item | Usage]:
    """A transit gateway attachment by the hour."""
    del resource, document
    yield Item("transit gateway attachment", "transit-gateway", "attachment-hour", ONE, hourly=True)


METERS: Final[Meters] = {
    "aws_lb": load_balancer,
    "aws_alb": load_balancer,
    "aws_nat_gateway": nat_gateway,
    "aws_eip": address,
    "aws_vpc_endpoint": endpoint,
    "aws_route53_zone": zone,
    "aws_route53_health_check": health_check,
    "aws_flow_log": flow_log,
    "aws_ec2_transit_gateway_vpc_attachment": transit,
}
