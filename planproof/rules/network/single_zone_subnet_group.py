"""A subnet group for data covers one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.subnets import subnets_at, zones
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Subnets of two zones at least: a standby needs another zone to stand in."""
    subnets = subnets_at(group, "subnet_ids", document)
    if subnets is None:
        yield Undecided("subnet_ids", "some of the subnets are not in the document")
        return
    found = zones(subnets)
    if found is not None and len(found) == 1:
        yield Violation("subnet_ids", "subnets of at least two zones", found=", ".join(found))


def has_two(group: Resource, document: Document) -> bool:
    """Choose a group of two subnets."""
    return len(document.targets(group, "subnet_ids")) == 2  # noqa: PLR2004 - the smallest platform that passes


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_db_subnet_group", "aws_elasticache_subnet_group"),
    why="RDS refuses the group; a cache accepts it and can never fail over to another zone.",
    fix="Name at least two zones in network.zones.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    controls=("aws-fsbp/RDS.5",),
    check=check,
    mutations=(Mutation("subnet_ids.1", ABSENT, at="subnet_ids", on=has_two),),
)
