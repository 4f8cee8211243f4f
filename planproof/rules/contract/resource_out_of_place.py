"""An environment has a costly feature that the contract keeps out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.contract.terms import contract
from planproof.document import Document
from planproof.rule import Addition, ContractRule, Outcome, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Nothing of what stands under `absent`."""
    terms = contract(settings)
    for name, document in documents.items() if terms else ():
        for one in document.resources:
            if terms is not None and one.mode == "managed" and terms.allows("absent", name, one.type, one.address):
                yield Violation("address", f"no {one.type} in {name}", found=one.address, resource=one)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.LOW,
    why="A copy of production's safeguards around made-up data is paid for every hour.",
    fix="Turn the feature off in the environment's YAML, or take it out of contract.absent in planproof.yaml.",
    docs="https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_manage_demand_resources.html",
    controls=("pci-dss-4.0.1/2.2.4",),
    check=check,
    mutations=(
        Addition("aws_db_proxy", {"name": "payflow-proxy-dev"}, beside="aws_vpc", at="address", environment="dev"),
        Addition(
            "aws_wafv2_web_acl", {"name": "payflow-firewall-dev"}, beside="aws_vpc", at="address", environment="dev"
        ),
        Addition(
            "aws_backup_vault_lock_configuration",
            {"min_retention_days": 7},
            beside="aws_vpc",
            at="address",
            environment="staging",
        ),
    ),
)
