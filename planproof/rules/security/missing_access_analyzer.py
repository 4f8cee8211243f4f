"""Nobody is told when something is shared outside the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PLATFORM: Final = ("aws_vpc", "aws_ecs_cluster", "aws_db_instance")
KIND: Final = "aws_accessanalyzer_analyzer"


def check(stack: Resource, document: Document) -> Iterator[Outcome]:
    """A stack that runs a platform has one."""
    if not document.of(*PLATFORM):
        return
    found = document.of(KIND)
    if not found:
        yield Violation(KIND, "an analyzer", found="none", resource=stack)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("stack",),
    why="A bucket, key or role that is opened by hand stays open unseen.",
    fix="Add an aws_accessanalyzer_analyzer; modules.detection does.",
    docs="https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html",
    controls=("pci-dss-4.0.1/7.2.4", "aws-fsbp/IAM.28", "cis-aws-3.0/1.20"),
    check=check,
    mutations=(Removal(KIND, at=KIND),),
    specimen={"resource": {"aws_vpc": {"main": {}}, KIND: {"account": {}}}},
)
