"""A web application firewall lets everything through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(firewall: Resource, _: Document) -> Iterator[Outcome]:
    """It has rules, and none of them only counts."""
    rules = firewall.blocks("rule")
    if not rules and firewall.get("rule_json") is None:
        yield Violation("rule", "rules that block", found="none")
    for rule in rules:
        for path in ("override_action.0.count", "action.0.count"):
            if rule.get(path) is not None:
                yield Violation(rule.at(path), "a rule that blocks", found="count")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_wafv2_web_acl",),
    why="It counts the attacks and passes them on.",
    fix="Give it managed rule groups and let none of its rules only count.",
    docs="https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html",
    controls=("pci-dss-4.0.1/6.4.2", "aws-fsbp/WAF.10"),
    check=check,
    mutations=(
        Mutation("rule", ABSENT),
        Mutation("rule", []),
        Mutation("rule.1.override_action", {"count": {}}, at="rule.1.override_action.0.count"),
        Mutation("rule.0.action", {"count": {}}, at="rule.0.action.0.count"),
    ),
)
