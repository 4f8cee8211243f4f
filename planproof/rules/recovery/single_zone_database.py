"""A database stands in one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.reading.blame import outside_the_first
from planproof.rule import ContractRule, Mutation, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def _doubled(database: Resource, _: Document) -> Iterator[Outcome]:
    if database.get("replicate_source_db") is None:
        yield from must(database, "multi_az", equals=True, default=False)


check = outside_the_first(_doubled, "aws_db_instance")

RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="The loss of one data centre stops every payment until a backup is restored by hand.",
    fix="Leave database.multi_az at true in the environment's YAML.",
    docs="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
    controls=("aws-fsbp/RDS.5",),
    check=check,
    mutations=tuple(
        Mutation(
            "multi_az",
            value,
            "aws_db_instance",
            environment=name,
            on=lambda one, _: one.get("replicate_source_db") is None,
        )
        for name in ("staging", "prod")
        for value in (False, ABSENT)
    ),
)
