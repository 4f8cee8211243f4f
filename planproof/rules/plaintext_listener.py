"""A load balancer serves plain HTTP instead of sending callers to HTTPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

REDIRECT = "default_action.0.redirect.0.protocol"


def is_plain(listener: Resource, document: Document) -> bool:
    """Whether a listener speaks HTTP, as those do that only redirect."""
    del document
    return str(listener.get("protocol")) == "HTTP"


def check(listener: Resource, _: Document) -> Iterator[Outcome]:
    """HTTPS, or a redirect to it; without a protocol an application load balancer speaks HTTP."""
    if listener.get("protocol", "HTTP") != "HTTP":
        return
    if listener.get("default_action.0.type") != "redirect":
        yield from must(listener, "protocol", equals="HTTPS", default="HTTP")
        return
    yield from must(listener, REDIRECT, one_of=("HTTPS",), expected="HTTPS")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb_listener", "aws_alb_listener"),
    why="Card data and session cookies cross the internet readable and changeable by anyone on the way.",
    fix="Set protocol to HTTPS with a certificate, or make the default action a redirect to HTTPS.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
    controls=("pci-dss-4.0.1/4.2.1", "pci-dss-4.0.1/1.2.6", "aws-fsbp/ELB.1"),
    check=check,
    mutations=(
        Mutation("protocol", "HTTP", on=lambda listener, _: listener.get("protocol") == "HTTPS"),
        Mutation("protocol", ABSENT, on=lambda listener, _: listener.get("protocol") == "HTTPS"),
        Mutation(REDIRECT, "HTTP", on=is_plain),
        Mutation(REDIRECT, "#{protocol}", on=is_plain),
        Mutation("default_action.0.type", "forward", at="protocol", on=is_plain),
    ),
    specimen={
        "resource": {
            "aws_lb_listener": {
                "plain": {
                    "protocol": "HTTP",
                    "port": 80,
                    "default_action": [
                        {"type": "redirect", "redirect": [{"protocol": "HTTPS", "status_code": "HTTP_301"}]}
                    ],
                },
                "tls": {"protocol": "HTTPS", "port": 443, "default_action": [{"type": "forward"}]},
            }
        }
    },
)
