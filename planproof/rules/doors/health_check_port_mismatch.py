"""A load balancer asks for health on a port on which the container does not listen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.reading.tasks import containers_of, ports
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "health_check.0.port"


def check(group: Resource, document: Document) -> Iterator[Outcome]:
    """The traffic port, or one of the container's ports."""
    asked = group.get(PATH, "traffic-port")
    if asked == "traffic-port":
        return
    for service in document.referrers(group, "aws_ecs_service"):
        listening = frozenset(port for one in containers_of(service, document) or () for port in ports(one))
        if listening and (not str(asked).isdecimal() or int(asked) not in listening):
            yield Violation(PATH, f"traffic-port, or one of {', '.join(map(str, sorted(listening)))}")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb_target_group", "aws_alb_target_group"),
    why="Healthy tasks are called unhealthy and replaced, one after the other.",
    fix="Leave health_check.port at traffic-port, as modules.target.Target does.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    controls=(),
    check=check,
    mutations=(Mutation(PATH, "9090"), Mutation(PATH, "http")),
)
