"""No listener forwards to a target group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


USERS: Final = ("aws_lb_listener", "aws_alb_listener", "aws_lb_listener_rule", "aws_alb_listener_rule")


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """A listener or one of its rules."""
    if not document.referrers(group, *USERS):
        yield Violation(
            "aws_lb_listener_rule", "a listener, or a rule of one, that forwards to this group", found="none"
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb_target_group", "aws_alb_target_group"),
    why="ECS refuses a service whose group belongs to no balancer, and the deployment stops half done.",
    fix="Build the group with modules.target.Target, which adds the rule of the listener.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
    controls=(),
    check=check,
    mutations=(Removal("aws_lb_listener_rule", at="aws_lb_listener_rule"),),
)
