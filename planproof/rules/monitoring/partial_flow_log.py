"""A flow log leaves out a part of the traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(log: Resource, _: Document) -> Iterator[Outcome]:
    """What was allowed shows the theft, what was refused shows the attempt."""
    if log.get("transit_gateway_id") is None and log.get("transit_gateway_attachment_id") is None:
        yield from must(log, "traffic_type", equals="ALL")
    if log.get("log_destination") is None and log.get("log_group_name") is None:
        yield Violation("log_destination", "a log group or a bucket")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_flow_log",),
    why="With refused traffic alone a successful theft leaves no trace; with allowed traffic alone no attempt does.",
    fix="Build the flow log with modules.flow_log.FlowLog, which records all traffic.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html",
    controls=("pci-dss-4.0.1/10.2.1", "aws-fsbp/EC2.6", "cis-aws-3.0/3.7"),
    check=check,
    mutations=(
        Mutation("traffic_type", "ACCEPT"),
        Mutation("traffic_type", "REJECT"),
        Mutation("traffic_type", ABSENT),
        Mutation("log_destination", ABSENT),
    ),
)
