"""A database shares its subnets with services or load balancers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Document, Resource
from planproof.reading.outside import doubt
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


GROUPS: Final = {"aws_db_instance": "db_subnet_group_name", "aws_elasticache_replication_group": "subnet_group_name"}
OTHERS: Final = (
    ("aws_ecs_service", "network_configuration.0.subnets"),
    ("aws_lb", "subnets"),
    ("aws_nat_gateway", "subnet_id"),
    ("aws_instance", "subnet_id"),
)


def check(store: Resource, document: Document) -> Iterator[Outcome]:
    """The subnets of the store's group are nobody else's."""
    path = GROUPS[store.type]
    group = document.target(store, path)
    if group is None:
        return
    own = {one.address for one in document.targets(group, "subnet_ids") if one.type == "aws_subnet"}
    shared = sorted(own & document.once(_taken))
    hidden = doubt(group, "subnet_ids", document) or document.once(_hidden)
    if shared:
        yield Violation(path, "a subnet group of subnets for data alone", found=", ".join(shared))
    elif hidden is not None:
        yield Undecided(path, f"who stands in the subnets of {group.address} is not known: {hidden.cause}")


def _hidden(document: Document) -> Undecided | None:
    """Why it is not known where something stands that is no store."""
    places = ((one, path) for kind, path in OTHERS for one in document.of(kind))
    return next((found for one, path in places if (found := doubt(one, path, document)) is not None), None)


def _taken(document: Document) -> frozenset[str]:
    return frozenset(
        subnet.address
        for kind, path in OTHERS
        for one in document.of(kind)
        for subnet in document.targets(one, path)
        if subnet.type == "aws_subnet"
    )


def shop(place: str) -> dict[str, Any]:
    """A database, and a service in another subnet."""
    return {
        "aws_subnet": {"data": {"cidr_block": "10.0.1.0/24"}, "app": {"cidr_block": "10.0.2.0/24"}},
        "aws_db_subnet_group": {"data": {"name": "data", "subnet_ids": ["${aws_subnet.data.id}"]}},
        "aws_db_instance": {"ledger": {"db_subnet_group_name": "${aws_db_subnet_group.data.name}"}},
        "aws_ecs_service": {"payments": {"network_configuration": {"subnets": [place]}}},
    }


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=tuple(GROUPS),
    why="What breaks into a service stands beside the ledger, behind no access list and no route of its own.",
    fix="Place stores in network.database, the tier without a default route.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    controls=("pci-dss-4.0.1/1.4.4", "pci-dss-4.0.1/2.2.3"),
    check=check,
    mutations=(
        Mutation(
            "network_configuration.0.subnets.0",
            "${aws_subnet.data.id}",
            "aws_ecs_service",
            at="db_subnet_group_name",
            on=lambda _, document: document.resource("aws_subnet.data") is not None,
        ),
        Mutation(
            "subnet_ids.0",
            "${aws_subnet.app.id}",
            "aws_db_subnet_group",
            at="db_subnet_group_name",
            on=lambda _, document: document.resource("aws_subnet.app") is not None,
        ),
    ),
    specimen={"resource": shop("${aws_subnet.app.id}")},
)
