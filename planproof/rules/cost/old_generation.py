"""Storage or a machine is of a generation that is dearer and slower than its successor.

What AWS takes for a database without storage_type was gp2 for years and is gp3 by its newer reference, so
an absent one is undecided until a state says what it became; with iops it is io1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planproof.document import Unknown, among
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

# Source: https://aws.amazon.com/rds/previous-generation/, https://aws.amazon.com/elasticache/previous-generation/
OLD_CLASS: Final = re.compile(r"^(db|cache)\.(t[12]|t3|m[1-5]|r[3-5])\.")
PLACES: Final = {
    "aws_db_instance": ("instance_class", "storage_type"),
    "aws_elasticache_replication_group": ("node_type",),
    "aws_elasticache_cluster": ("node_type",),
    "aws_rds_cluster_instance": ("instance_class",),
    "aws_ebs_volume": ("type",),
}


def check(resource: Resource, document: Document) -> Iterator[Outcome]:
    """Look at the class and at the storage."""
    del document
    for path in PLACES[resource.type]:
        value = resource.get(path)
        if isinstance(value, Unknown):
            yield Undecided(path, value.cause)
        elif value is None and path == "storage_type" and resource.get("iops") is None:
            yield Undecided(path, "absent: AWS chooses, and its references name gp2 and gp3")
        elif among(value, {"gp2", "standard"}):
            yield Violation(path, "gp3")
        elif isinstance(value, str) and OLD_CLASS.match(value):
            yield Violation(path, "a class with Graviton, such as t4g, m7g or r7g")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=tuple(PLACES),
    why="The successor does the same work for a tenth to a third less.",
    fix="Set storage_type to gp3, and the class to the same size of a Graviton family.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("storage_type", "gp2", type="aws_db_instance"),
        Mutation("instance_class", "db.m5.large", type="aws_db_instance"),
        Mutation("node_type", "cache.t3.micro", type="aws_elasticache_replication_group"),
    ),
)
