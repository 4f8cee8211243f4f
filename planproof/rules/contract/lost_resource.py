"""An environment lacks something that the one before it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import pairs
from planproof.contract.terms import contract
from planproof.document import Document
from planproof.rule import ContractRule, Outcome, Removal, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every managed resource has a twin after it, or a line under `yields`."""
    terms = contract(settings)
    for before, after in pairs(documents, settings) if terms else ():
        for one in before.resources:
            if one.mode != "managed" or after.resource(one.address) is not None or terms is None:
                continue
            if not terms.allows("yields", after.name, one.type, one.address):
                yield Violation(
                    one.type, f"{one.address}, as in {before.name}", found="absent", resource=after.of("stack")[0]
                )


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="A safeguard or a part that was tried out is missing where it is needed.",
    fix="Build it in the later environment too, or name it under contract.yields in planproof.yaml.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_tracking_change_management_immutable_infrastructure.html",
    controls=("pci-dss-4.0.1/6.5.1", "pci-dss-4.0.1/2.2.1"),
    check=check,
    mutations=tuple(
        Removal(kind, at=kind, environment="prod")
        for kind in (
            "aws_flow_log",
            "aws_cloudtrail",
            "aws_wafv2_web_acl_association",
            "aws_backup_selection",
            "aws_network_acl",
        )
    ),
)
