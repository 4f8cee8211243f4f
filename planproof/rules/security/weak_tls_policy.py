"""A load balancer accepts outdated TLS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource, among, text
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


STRONG: Final = re.compile(r"ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?(-PQ)?-20\d\d-\d\d")


def speaks_tls(listener: Resource, document: Document) -> bool:
    """Whether a listener has certificates."""
    del document
    return bool(listener.get("protocol") == "HTTPS")


def check(listener: Resource, _: Document) -> Iterator[Outcome]:
    """A policy from TLS 1.2 on without its extended ciphers; without a name AWS takes one of 2016."""
    if among(listener.get("protocol"), {"HTTPS", "TLS"}):
        yield from must(
            listener,
            "ssl_policy",
            satisfies=lambda policy: STRONG.fullmatch(text(policy)) is not None,
            expected="ELBSecurityPolicy-TLS13-1-2-Res-2021-06 or stricter",
            default="ELBSecurityPolicy-2016-08",
        )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_lb_listener", "aws_alb_listener"),
    why="Old versions and ciphers can be broken on the way, and PCI DSS assessors fail them on sight.",
    fix="Set ssl_policy to ELBSecurityPolicy-TLS13-1-2-Res-2021-06; modules.load_balancer does.",
    docs="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    controls=("pci-dss-4.0.1/4.2.1", "pci-dss-4.0.1/2.2.5", "aws-fsbp/ELB.17"),
    check=check,
    mutations=(
        Mutation("ssl_policy", "ELBSecurityPolicy-2016-08", on=speaks_tls),
        Mutation("ssl_policy", "ELBSecurityPolicy-TLS-1-0-2015-04", on=speaks_tls),
        Mutation("ssl_policy", "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", on=speaks_tls),
        Mutation("ssl_policy", "ELBSecurityPolicy-TLS13-1-0-2021-06", on=speaks_tls),
        Mutation("ssl_policy", ABSENT, on=speaks_tls),
    ),
)
