"""A web application firewall does not say what it refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Removal, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


PATH: Final = "aws_wafv2_web_acl_logging_configuration"


def check(firewall: Resource, document: Document) -> Iterator[Outcome]:
    """A logging configuration that points to it."""
    if not any(document.target(one, "resource_arn") is firewall for one in document.referrers(firewall, PATH)):
        yield Violation(PATH, "a logging configuration of this web ACL", found="none")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_wafv2_web_acl",),
    why="An attack that was refused nine times and passed the tenth cannot be read afterwards.",
    fix="Build it with modules.firewall.Firewall, which logs to a group of its own.",
    docs="https://docs.aws.amazon.com/waf/latest/developerguide/logging.html",
    controls=("pci-dss-4.0.1/10.2.1", "pci-dss-4.0.1/6.4.2", "aws-fsbp/WAF.11"),
    check=check,
    mutations=(Removal(PATH, at=PATH), Mutation("resource_arn", "arn:aws:wafv2:eu-west-1:1:other", PATH, at=PATH)),
)
