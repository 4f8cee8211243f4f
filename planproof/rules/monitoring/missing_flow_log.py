"""Nobody records who talked to whom in a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_flow_log"


def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
    """A flow log of the whole VPC."""
    if not any(document.target(log, "vpc_id") is vpc for log in document.referrers(vpc, PATH)):
        yield Violation(PATH, "a flow log of this VPC", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_vpc",),
    why="After a theft nobody can tell which machine sent how much to where.",
    fix="Add modules.flow_log.FlowLog to the stack.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    controls=("pci-dss-4.0.1/10.2.1", "pci-dss-4.0.1/11.5.1", "aws-fsbp/EC2.6", "cis-aws-3.0/3.7"),
    check=check,
    mutations=(Removal(PATH, at=PATH), Mutation("vpc_id", ABSENT, PATH, at=PATH)),
)
