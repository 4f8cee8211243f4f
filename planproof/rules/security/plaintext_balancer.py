"""A network or classic load balancer takes connections without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import Document, Resource, among
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(door: Resource, document: Document) -> Iterator[Outcome]:
    """TLS on every public door that is not an application load balancer's, which plaintext-listener judges."""
    if door.type == "aws_elb":
        if door.get("internal", False) is not True:
            for listener in door.blocks("listener"):
                yield from must(door, listener.at("lb_protocol"), one_of=("HTTPS", "SSL", "https", "ssl"))
        return
    balancer = document.target(door, "load_balancer_arn")
    if balancer is None or balancer.get("load_balancer_type") != "network" or balancer.get("internal", False):
        return
    if among(door.get("protocol"), {"TCP", "TCP_UDP", "UDP"}):
        yield Violation("protocol", "TLS")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_lb_listener", "aws_elb"),
    why="Passwords and payments that pass are readable to everybody on the way.",
    fix="Let the listener speak TLS with a certificate.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html",
    controls=("pci-dss-4.0.1/4.2.1", "aws-fsbp/ELB.3", "aws-fsbp/ELB.18"),
    check=check,
    mutations=(
        Mutation("listener.0.lb_protocol", "http", on=lambda door, _: door.type == "aws_elb"),
        Mutation(
            "protocol", "TCP", on=lambda door, document: document.name == "specimen" and door.type == "aws_lb_listener"
        ),
    ),
    specimen={
        "resource": {
            "aws_elb": {
                "old": {
                    "listener": [
                        {"lb_port": 443, "lb_protocol": "https", "instance_port": 80, "instance_protocol": "http"}
                    ]
                }
            },
            "aws_lb": {"fast": {"load_balancer_type": "network"}},
            "aws_lb_listener": {"fast": {"load_balancer_arn": "${aws_lb.fast.arn}", "protocol": "TLS", "port": 443}},
        }
    },
)
