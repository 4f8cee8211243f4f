"""No service registers its tasks with a target group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


USERS: Final = (
    "aws_ecs_service",
    "aws_ecs_task_set",
    "aws_lb_target_group_attachment",
    "aws_alb_target_group_attachment",
    "aws_autoscaling_attachment",
    "aws_autoscaling_group",
    "aws_codedeploy_deployment_group",
)


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """Somebody registers: a service, a group of machines or an attachment."""
    if not document.referrers(group, *USERS):
        yield Violation("aws_ecs_service", "a service whose load_balancer names this group", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb_target_group", "aws_alb_target_group"),
    why="The service runs, the balancer runs, and every customer gets 503.",
    fix="Name the group in the service's load_balancer, as modules.service.Service does for public services.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("load_balancer", ABSENT, "aws_ecs_service", at="aws_ecs_service"),
        Removal("aws_ecs_service", at="aws_ecs_service", on=lambda one, _: one.get("load_balancer") is not None),
    ),
)
