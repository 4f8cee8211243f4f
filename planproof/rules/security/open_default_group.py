"""The default security group of a VPC lets something through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


GROUP: Final = "aws_default_security_group"


def check(vpc: Resource, document: Document) -> Iterator[Outcome]:
    """Taken over by Terraform, and without rules."""
    owned = document.naming(vpc, GROUP, "vpc_id")
    if not owned:
        yield Violation(GROUP, "the default group without rules", found="as AWS makes it")
    for group in owned:
        for way in ("ingress", "egress"):
            yield from (replace(one, resource=group) for one in must(group, way, absent=True, expected="no rules"))


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_vpc",),
    why="Whatever is started without a group of its own lands in it, and talks to everything else that did.",
    fix="Add an aws_default_security_group without rules; modules.network.Network has one.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    controls=("pci-dss-4.0.1/1.3.1", "pci-dss-4.0.1/2.2.2", "aws-fsbp/EC2.2", "cis-aws-3.0/5.4"),
    check=check,
    mutations=(
        Removal(GROUP, at=GROUP),
        Mutation("vpc_id", "vpc-0123456789abcdef0", type=GROUP, at=GROUP),
        Mutation("ingress", [{"protocol": "-1", "from_port": 0, "to_port": 0, "self": True}], type=GROUP),
        Mutation(
            "egress", [{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}], type=GROUP
        ),
    ),
)
