"""An environment has something that the one before it lacks, and the contract does not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.judgement import pairs
from planproof.contract.terms import contract
from planproof.document import Document
from planproof.rule import Addition, ContractRule, Outcome, Removal, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every managed resource has a twin before it, or a line under `appears`."""
    terms = contract(settings)
    for before, after in pairs(documents, settings) if terms else ():
        for one in after.resources:
            if one.mode != "managed" or before.resource(one.address) is not None or terms is None:
                continue
            if not terms.allows("appears", after.name, one.type, one.address):
                yield Violation("address", f"the same resource in {before.name}", found=one.address, resource=one)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    why="What production alone has was never tried before it was needed.",
    fix="Build it in the environment before too, or name it under contract.appears in planproof.yaml.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_tracking_change_management_immutable_infrastructure.html",
    controls=("pci-dss-4.0.1/6.5.1",),
    check=check,
    mutations=(
        Addition("aws_sqs_queue", {"name": "payflow-extra-prod"}, beside="aws_vpc", at="address", environment="prod"),
        Removal("aws_flow_log", at="address", environment="dev"),
        Removal("aws_sns_topic", at="address", environment="staging", many=True),
    ),
)
