"""A rule of an access list never applies: one before it decides otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.document import Document, Resource
from planproof.reading.access_lists import entries, hidden, shadows
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(access_list: Resource, document: Document) -> Iterator[Outcome]:
    """Rules are asked by number; the first that matches decides."""
    for direction in ("ingress", "egress"):
        ordered = entries(access_list, direction, document)
        yield from hidden(access_list, direction, document)
        for position, entry in enumerate(ordered):
            earlier = next((one for one in ordered[:position] if shadows(one, entry)), None)
            if earlier is not None and earlier.action != entry.action:
                yield Violation(
                    entry.path,
                    f"a number below {earlier.number}, whose {earlier.action} decides first",
                    resource=entry.resource,
                    found=entry.number,
                )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_network_acl", "aws_default_network_acl"),
    why="The list says that an address is refused, and lets it through.",
    fix="Give the narrower rule the lower number.",
    docs="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    controls=("pci-dss-4.0.1/1.2.8", "pci-dss-4.0.1/1.3.1"),
    check=check,
    mutations=(
        Mutation(
            "ingress.1.action",
            "deny",
            at="ingress.1.rule_no",
            on=lambda one, _: one.name == "narrow",
        ),
        Mutation("ingress.0.rule_no", 300, at="ingress.0.rule_no", on=lambda one, _: one.name == "refusing"),
    ),
    specimen={
        "resource": {
            "aws_network_acl": {
                "narrow": {
                    "ingress": [
                        {
                            "rule_no": 10,
                            "action": "allow",
                            "protocol": "tcp",
                            "cidr_block": "10.0.0.0/8",
                            "from_port": 0,
                            "to_port": 65535,
                        },
                        {
                            "rule_no": 20,
                            "action": "allow",
                            "protocol": "tcp",
                            "cidr_block": "10.1.0.0/16",
                            "from_port": 22,
                            "to_port": 22,
                        },
                    ]
                },
                "refusing": {
                    "ingress": [
                        {
                            "rule_no": 10,
                            "action": "deny",
                            "protocol": "tcp",
                            "cidr_block": "10.1.0.0/16",
                            "from_port": 22,
                            "to_port": 22,
                        },
                        {
                            "rule_no": 20,
                            "action": "allow",
                            "protocol": "-1",
                            "cidr_block": "0.0.0.0/0",
                            "from_port": 0,
                            "to_port": 0,
                        },
                    ]
                },
            }
        }
    },
)
