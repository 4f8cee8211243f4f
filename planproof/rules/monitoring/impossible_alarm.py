"""An alarm needs more bad datapoints than it looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource, Unknown
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(alarm: Resource, _: Document) -> Iterator[Outcome]:
    """Of so many periods, at most so many can be bad."""
    periods = alarm.get("evaluation_periods")
    if isinstance(periods, Unknown) and alarm.get("datapoints_to_alarm") is not None:
        yield Undecided("datapoints_to_alarm", periods.cause)
    if isinstance(periods, int):
        yield from must(
            alarm,
            "datapoints_to_alarm",
            at_most=periods,
            default=periods,
            expected=f"at most the {periods} of evaluation_periods",
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_cloudwatch_metric_alarm",),
    why="AWS refuses the alarm in the middle of a deployment, and what came after it is missing.",
    fix="Set datapoints_to_alarm to no more than evaluation_periods.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    controls=("pci-dss-4.0.1/10.7.2",),
    check=check,
    mutations=(
        Mutation("datapoints_to_alarm", 99),
        Mutation(
            "evaluation_periods",
            1,
            at="datapoints_to_alarm",
            on=lambda alarm, _: bool(alarm.get("datapoints_to_alarm", 0) > 1),
        ),
    ),
)
