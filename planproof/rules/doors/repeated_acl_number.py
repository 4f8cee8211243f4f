"""Two rules of an access list have the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource, Unknown
from planproof.reading.access_lists import numbers
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(access_list: Resource, document: Document) -> Iterator[Outcome]:
    """In each direction every number stands once."""
    for direction in ("ingress", "egress"):
        seen: set[int | str] = set()
        for resource, path, number in numbers(access_list, direction, document):
            if isinstance(number, Unknown):
                yield Undecided(path, number.cause, resource)
            elif isinstance(number, int | str):
                if number in seen:
                    yield Violation(path, "a number of its own", resource=resource, found=number)
                seen.add(number)


def has_rules(access_list: Resource, _: Document) -> bool:
    """Choose the lists that let anything through."""
    return access_list.get("ingress") is not None


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_network_acl", "aws_default_network_acl"),
    why="AWS keeps one of the two, and which one changes from apply to apply.",
    fix="Number the rules in steps of ten, as modules.access_list does.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    controls=("pci-dss-4.0.1/1.2.8",),
    check=check,
    mutations=(
        Mutation("ingress.1.rule_no", 10, on=has_rules),
        Mutation("egress.1.rule_no", 10, on=has_rules),
    ),
)
