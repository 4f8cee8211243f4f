"""A region is written out that the stack does not work in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.literals import regions, written
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


ZONES: Final = frozenset({"availability_zone", "availability_zones", "availability_zone_id"})


def check(stack: Resource, document: Document) -> Iterator[Outcome]:
    """Every text of every resource; zones have a rule of their own."""
    del stack
    own = regions(document)
    if not own:
        return
    for one, path, named, _ in written(document):
        found = [] if path.partition(".")[0] in ZONES else [name for name in named if name not in own]
        if found:
            yield Violation(path, " or ".join(sorted(own)), found=found[0], resource=one)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("stack",),
    why="The literal of the region in which the code was first written breaks the first move to another.",
    fix="Take the region from deployment.region, which comes from the environment's YAML.",
    docs="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("service_name", "com.amazonaws.us-west-2.sqs", "aws_vpc_endpoint"),
        Mutation("resources", ["arn:aws:rds:us-west-2:333333333333:db:x"], "aws_backup_selection", at="resources.0"),
    ),
)
