"""An endpoint is there, and no program finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(endpoint: Resource, _: Document) -> Iterator[Outcome]:
    """Private DNS gives the usual name of the API the address of the endpoint."""
    if endpoint.get("vpc_endpoint_type", "Gateway") == "Interface":
        yield from must(endpoint, "private_dns_enabled", equals=True, default=False)


def is_interface(endpoint: Resource, _: Document) -> bool:
    """Choose interface endpoints."""
    return bool(endpoint.get("vpc_endpoint_type") == "Interface")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_vpc_endpoint",),
    why="Secrets are fetched over the internet beside an endpoint that is paid for, or not at all.",
    fix="Build endpoints with modules.endpoints.Endpoints, which turns private DNS on.",
    docs="https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    controls=("pci-dss-4.0.1/1.4.2",),
    check=check,
    mutations=(
        Mutation("private_dns_enabled", value=False, on=is_interface),
        Mutation("private_dns_enabled", ABSENT, on=is_interface),
    ),
)
