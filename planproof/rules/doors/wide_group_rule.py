"""A rule of a security group opens more ports than the one that somebody listens on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, among
from planproof.rule import Addition, Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

WITH_PORTS: Final = ("tcp", "udp", "6", "17")
WHOLE: Final = "aws_security_group"


def check(part: Resource, _: Document) -> Iterator[Outcome]:
    """One port a rule; rules inside a group are read too, all protocols at once are unbounded-egress's."""
    if part.type == WHOLE:
        for block in (*part.blocks("ingress"), *part.blocks("egress")):
            if among(block.get("protocol"), WITH_PORTS) and block.get("from_port") != block.get("to_port"):
                yield Violation(block.at("to_port"), f"{block.get('from_port')}, the one port that is used")
    elif among(part.get("ip_protocol"), WITH_PORTS) and part.get("from_port") != part.get("to_port"):
        yield Violation("to_port", f"{part.get('from_port')}, the one port that is used")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", WHOLE),
    why="What starts to listen there tomorrow, a debugger or an intruder's shell, is reachable from the first second.",
    fix="Say it with Connections.allow_to, which opens the callee's port and no other.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    controls=("pci-dss-4.0.1/1.2.5",),
    check=check,
    mutations=(
        Mutation(
            "to_port",
            65535,
            type="aws_vpc_security_group_ingress_rule",
            on=lambda one, _: one.get("to_port") is not None,
        ),
        Mutation(
            "from_port",
            0,
            type="aws_vpc_security_group_egress_rule",
            at="to_port",
            on=lambda one, _: one.get("to_port") is not None,
        ),
        Addition(
            WHOLE,
            {"ingress": [{"protocol": "tcp", "from_port": 5432, "to_port": 5433, "cidr_blocks": ["10.0.0.0/8"]}]},
            beside="aws_vpc",
            at="ingress.0.to_port",
        ),
    ),
)
