"""A rule of an access list decides nothing: one before it decides the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.access_lists import entries, hidden, shadows
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(access_list: Resource, document: Document) -> Iterator[Outcome]:
    """Wholly covered by an earlier rule with the same answer."""
    for direction in ("ingress", "egress"):
        ordered = entries(access_list, direction, document)
        yield from hidden(access_list, direction, document)
        for position, entry in enumerate(ordered):
            earlier = next((one for one in ordered[:position] if shadows(one, entry)), None)
            if earlier is not None and earlier.action == entry.action:
                yield Violation(
                    entry.path,
                    f"no such rule, because {earlier.number} covers it",
                    resource=entry.resource,
                    found=entry.number,
                )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    resources=("aws_network_acl", "aws_default_network_acl"),
    why="Who closes a door by deleting its rule leaves it open; and a list has room for twenty rules.",
    fix="Remove the rule that is covered, or the wider one if it is a mistake.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    controls=("pci-dss-4.0.1/1.2.7",),
    check=check,
    mutations=(
        Mutation("ingress.0.from_port", 0, at="ingress.1.rule_no", on=lambda one, _: one.name == "narrow"),
        Mutation("ingress.1.from_port", 22, at="ingress.1.rule_no", on=lambda one, _: one.name == "narrow"),
    ),
    specimen={
        "resource": {
            "aws_network_acl": {
                "narrow": {
                    "ingress": [
                        {
                            "rule_no": number,
                            "action": "allow",
                            "protocol": "tcp",
                            "cidr_block": cidr,
                            "from_port": port,
                            "to_port": 22,
                        }
                        for number, cidr, port in ((10, "10.0.0.0/8", 22), (20, "10.1.0.0/16", 21))
                    ]
                }
            }
        }
    },
)
