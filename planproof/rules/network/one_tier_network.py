"""All subnets of a network are public, or none is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planproof.document import Document, Resource
from planproof.reading.subnets import is_public
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
    """Where balancers and services stand together, one wrong rule exposes the service."""
    subnets = [one for one in document.referrers(vpc, "aws_subnet") if document.target(one, "vpc_id") is vpc]
    public = [is_public(one, document) for one in subnets]
    if not subnets or None in public:
        return
    if all(public):
        yield Violation("aws_subnet", "subnets without a route from the internet", found="public ones only")
    elif not any(public) and _has_open_door(document):
        yield Violation("aws_subnet", "public subnets for the load balancer", found="private ones only")


def _has_open_door(document: Document) -> bool:
    return any(one.get("internal", False) is False for one in document.of("aws_lb", "aws_alb"))


def net(**routes: str) -> dict[str, Any]:
    """A network with two subnets, and the routes by which each leaves."""
    return {
        "aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}},
        "aws_internet_gateway": {"door": {"vpc_id": "${aws_vpc.main.id}"}},
        "aws_lb": {"door": {"internal": False}},
        "aws_subnet": {
            name: {"vpc_id": "${aws_vpc.main.id}", "cidr_block": f"10.0.{n}.0/24"} for n, name in enumerate(("a", "b"))
        },
        "aws_route_table": {name: {"vpc_id": "${aws_vpc.main.id}"} for name in ("a", "b")},
        "aws_route_table_association": {
            name: {"subnet_id": f"${{aws_subnet.{name}.id}}", "route_table_id": f"${{aws_route_table.{name}.id}}"}
            for name in ("a", "b")
        },
        "aws_route": {
            name: {
                "route_table_id": f"${{aws_route_table.{name}.id}}",
                "destination_cidr_block": cidr,
                "gateway_id": "${aws_internet_gateway.door.id}",
            }
            for name, cidr in routes.items()
        },
    }


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_vpc",),
    why="Without tiers a single wrong security group rule puts the ledger on the internet.",
    fix="Build the network with modules.network.Network, which has a public, a private and a database tier.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html",
    controls=("pci-dss-4.0.1/1.4.1", "pci-dss-4.0.1/1.4.4"),
    check=check,
    mutations=(
        Mutation(
            "destination_cidr_block", "0.0.0.0/0", "aws_route", at="aws_subnet", on=lambda one, _: one.name == "b"
        ),
        Mutation(
            "destination_cidr_block", "10.9.0.0/16", "aws_route", at="aws_subnet", on=lambda one, _: one.name == "a"
        ),
    ),
    specimen={"resource": net(a="0.0.0.0/0", b="10.8.0.0/16")},
)
