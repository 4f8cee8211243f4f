"""A subnet group for data covers one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.reading.subnets import in_one_zone
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Subnets of two zones at least: a standby needs another zone to stand in."""
    yield from in_one_zone(group, "subnet_ids", document)


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
