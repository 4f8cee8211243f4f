"""A listener forwards to no target group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


GROUPS: Final = ("aws_lb_target_group", "aws_alb_target_group")


def check(listener: Resource, document: Document) -> Iterator[Outcome]:
    """Each action that forwards names a group, or several with weights."""
    name = "action" if listener.type.endswith("_rule") else "default_action"
    for block in listener.blocks(name):
        if block.get("type") != "forward":
            continue
        path = block.at("target_group_arn")
        if block.get("target_group_arn") is None and block.get("forward") is None:
            yield Violation(path, "the arn of a target group")
            continue
        pointed = document.targets(listener, path if block.get("forward") is None else block.at("forward"))
        if pointed and not any(one.type in GROUPS for one in pointed):
            yield Violation(path, "the arn of a target group")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb_listener", "aws_alb_listener", "aws_lb_listener_rule", "aws_alb_listener_rule"),
    why="Customers get an error from a door that opens on a wall.",
    fix="Give the action the arn of a target group, as modules.target.Target does.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("action.0.target_group_arn", ABSENT, on=lambda one, _: one.get("action") is not None),
        Mutation(
            "default_action.0.type",
            "forward",
            at="default_action.0.target_group_arn",
            on=lambda one, _: one.get("default_action") is not None,
        ),
    ),
)
