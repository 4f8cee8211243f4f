"""An alarm tells nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


COMPOSITE: Final = "aws_cloudwatch_composite_alarm"


def check(alarm: Resource, document: Document) -> Iterator[Outcome]:
    """Actions that are on; an alarm that a composite alarm listens to may be silent itself."""
    if _is_heard(alarm, document):
        return
    yield from must(alarm, "alarm_actions", filled=True, expected="a topic that people listen to")
    yield from must(alarm, "actions_enabled", equals=True, default=True)


def _is_heard(alarm: Resource, document: Document) -> bool:
    return bool(document.referrers(alarm, COMPOSITE))


def is_alone(alarm: Resource, document: Document) -> bool:
    """Choose alarms that nobody tells of but they themselves."""
    return not _is_heard(alarm, document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_cloudwatch_metric_alarm", COMPOSITE),
    why="The alarm rings in an empty house, and the review after the outage finds that it rang in time.",
    fix="Give alarm_actions the arn of a topic; modules.monitoring.Monitoring does it for every alarm.",
    docs="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=(
        Mutation("alarm_actions", ABSENT, on=is_alone),
        Mutation("alarm_actions", [], on=is_alone),
        Mutation("actions_enabled", value=False, on=is_alone),
    ),
)
