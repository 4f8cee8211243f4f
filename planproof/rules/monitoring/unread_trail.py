"""The trail goes to a bucket only, where no alarm can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must, must_point_to
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "cloud_watch_logs_group_arn"


def check(trail: Resource, document: Document) -> Iterator[Outcome]:
    """A log group of the stack, and a role that may write there."""
    yield from must_point_to(
        trail,
        PATH,
        document.target(trail, PATH),
        "aws_cloudwatch_log_group",
        expected="the arn of a log group of this stack",
    )
    yield from must(trail, "cloud_watch_logs_role_arn", present=True)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudtrail",),
    why="That somebody stopped the trail is written down, and read months later.",
    fix="Build the trail with modules.trail.Trail, which writes to a log group.",
    docs="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
    controls=("pci-dss-4.0.1/10.4.1.1", "aws-fsbp/CloudTrail.5"),
    check=check,
    mutations=(Mutation(PATH, ABSENT), Mutation("cloud_watch_logs_role_arn", ABSENT)),
)
