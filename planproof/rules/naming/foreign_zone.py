"""A zone is written out that the stack's region does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.reading.literals import regions
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(one: Resource, document: Document) -> Iterator[Outcome]:
    """A zone's name begins with its region."""
    own = regions(document)
    if own and one.get("availability_zone") is not None:
        yield from must(
            one,
            "availability_zone",
            satisfies=lambda zone: str(zone).rstrip("abcdef") in own,
            expected=f"a zone of {' or '.join(sorted(own))}",
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_subnet", "aws_instance", "aws_ebs_volume", "aws_db_instance"),
    why="The deployment stops at the first subnet, in the one environment nobody tried.",
    fix="Name zones in network.zones of the environment's YAML only.",
    docs="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("availability_zone", "us-east-1a", on=lambda one, _: one.type == "aws_subnet"),
        Mutation("availability_zone", "eu-west-2a", on=lambda one, _: one.type == "aws_subnet"),
    ),
)
