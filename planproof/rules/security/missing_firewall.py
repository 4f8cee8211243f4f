"""A public load balancer has no web application firewall.

The first environment that planproof.yaml names is for experiments without real data and may do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Unknown
from planproof.reading.tiers import UNORDERED, protected
from planproof.rule import ContractRule, Mutation, Outcome, Removal, Severity, Undecided, Violation
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


KIND: Final = "aws_wafv2_web_acl_association"


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every public application load balancer, in every environment but the first."""
    for document, asked in protected(documents, settings):
        if asked is False:
            continue
        guarded = {document.target(one, "resource_arn") for one in document.of(KIND)}
        for balancer in document.of("aws_lb", "aws_alb"):
            internal, kind = balancer.get("internal", False), balancer.get("load_balancer_type", "application")
            if balancer in guarded or internal is True or (not isinstance(kind, Unknown) and kind != "application"):
                continue
            if asked is None or isinstance(internal, Unknown) or isinstance(kind, Unknown):
                yield Undecided(KIND, UNORDERED, resource=balancer)
            else:
                yield Violation(KIND, "a web ACL", found="none", resource=balancer)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="Known attacks on web applications, and floods of requests, reach the program itself.",
    fix="Associate an aws_wafv2_web_acl; in environments/*.yaml load_balancer.waf is on unless it is switched off.",
    docs="https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html",
    controls=("pci-dss-4.0.1/6.4.1", "pci-dss-4.0.1/6.4.2", "aws-fsbp/ELB.16"),
    check=check,
    mutations=(
        Removal(KIND, at=KIND, environment="staging"),
        Removal(KIND, at=KIND, environment="prod"),
        Mutation(
            "resource_arn",
            "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/other/1",
            type=KIND,
            at=KIND,
            environment="prod",
        ),
        Mutation("internal", value=False, type="aws_lb", at=KIND, on=lambda balancer, _: balancer.name == "inner"),
    ),
    specimen={
        "dev": {"resource": {"aws_lb": {"outer": {"internal": False}}}},
        "prod": {"resource": {"aws_lb": {"inner": {"internal": True}, "fast": {"load_balancer_type": "network"}}}},
    },
    settings=Settings(("dev", "staging", "prod")),
)
