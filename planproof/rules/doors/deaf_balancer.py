"""A load balancer listens on no port, or answers everybody the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, among
from planproof.rule import Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


LISTENERS: Final = ("aws_lb_listener", "aws_alb_listener")
RULES: Final = ("aws_lb_listener_rule", "aws_alb_listener_rule")
ANSWERS: Final = frozenset({"redirect", "fixed-response"})


def check(balancer: Resource, document: Document) -> Iterator[Outcome]:
    """At least one listener passes requests on."""
    listeners = [
        one for one in document.referrers(balancer, *LISTENERS) if document.target(one, "load_balancer_arn") is balancer
    ]
    if not any(_passes_on(one, document) for one in listeners):
        found = ", ".join(one.address for one in listeners) or "no listener"
        yield Violation("aws_lb_listener", "a listener that forwards, or has a rule that does", found=found)


def _passes_on(listener: Resource, document: Document) -> bool:
    if any(not among(block.get("type"), ANSWERS) for block in listener.blocks("default_action")):
        return True
    return any(document.target(rule, "listener_arn") is listener for rule in document.referrers(listener, *RULES))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb", "aws_alb"),
    why="A door that is paid for by the hour and leads nowhere.",
    fix="Give a public service its paths in application.yaml, or take the load balancer out.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html",
    controls=(),
    check=check,
    mutations=(
        Removal("aws_lb_listener_rule", at="aws_lb_listener"),
        Removal("aws_lb_listener", at="aws_lb_listener", on=lambda one, _: one.get("protocol") == "HTTPS"),
    ),
)
