"""A service cannot open a connection to an endpoint that it needs to start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.groups import admits, groups_of
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


NEEDED: Final = (".ecr.api", ".ecr.dkr", ".logs")
PATH: Final = "security_group_ids"
HTTPS: Final = 443


def check(endpoint: Resource, document: Document) -> Iterator[Outcome]:
    """A group of the endpoint admits a group of each service of the VPC, or addresses."""
    if not str(endpoint.get("service_name")).endswith(NEEDED) or endpoint.get("vpc_endpoint_type") != "Interface":
        return
    groups = groups_of(endpoint, PATH, document)
    if not groups:
        yield Violation(PATH, "a security group that admits the services on port 443")
        return
    vpc = document.target(endpoint, "vpc_id")
    for service, callers in document.once(_callers).get("" if vpc is None else vpc.address, ()):
        if not any(admits(group, callers, HTTPS, document) for group in groups):
            yield Violation(PATH, f"a group that admits {service.origin} on port 443")
            return


def _callers(document: Document) -> dict[str, list[tuple[Resource, tuple[Resource, ...]]]]:
    """The services of each VPC, with their groups."""
    found: dict[str, list[tuple[Resource, tuple[Resource, ...]]]] = {}
    for service in document.of("aws_ecs_service"):
        callers = groups_of(service, "network_configuration.0.security_groups", document)
        homes = (document.target(one, "vpc_id") for one in callers)
        for address in sorted({home.address for home in homes if home is not None}):
            found.setdefault(address, []).append((service, callers))
    return found


def is_needed(endpoint: Resource, _: Document) -> bool:
    """Choose the endpoints that every task calls."""
    return str(endpoint.get("service_name")).endswith(NEEDED)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_vpc_endpoint",),
    why="The task waits for its image until it is stopped: with private DNS there is no other way to the API.",
    fix="Say in the stack that the service may reach the endpoints: service.connections.allow_to(endpoints, ...).",
    docs="https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
    controls=("pci-dss-4.0.1/1.2.5",),
    check=check,
    mutations=(
        Mutation(PATH, ABSENT, on=is_needed),
        Removal(
            "aws_vpc_security_group_ingress_rule",
            at=PATH,
            many=True,
            on=lambda one, document: any(
                is_needed(user, document)
                for group in document.targets(one, "security_group_id")
                for user in document.referrers(group, "aws_vpc_endpoint")
            ),
        ),
        Mutation(
            "to_port",
            442,
            "aws_vpc_security_group_ingress_rule",
            at=PATH,
            many=True,
            on=lambda one, document: any(
                is_needed(user, document)
                for group in document.targets(one, "security_group_id")
                for user in document.referrers(group, "aws_vpc_endpoint")
            ),
        ),
    ),
)
