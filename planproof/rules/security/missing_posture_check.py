"""Nobody checks the settings of an account with real data.

The first environment that planproof.yaml names is for experiments without real data and may do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Document
from planproof.reading.tiers import UNORDERED, protected
from planproof.rule import ContractRule, Outcome, Removal, Severity, Undecided, Violation
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


PLATFORM: Final = ("aws_vpc", "aws_ecs_cluster", "aws_db_instance")
KIND: Final = "aws_securityhub_account"
EMPTY: Final[Mapping[str, Any]] = {"resource": {"aws_vpc": {"main": {}}}}


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every environment but the first has it; an environment that no order names cannot be judged."""
    for document, asked in protected(documents, settings):
        found = document.of(KIND)
        if asked is False or not document.of(*PLATFORM):
            continue
        if not found and asked:
            yield Violation(KIND, "Security Hub", found="none", resource=document.of("stack")[0])
        elif not found:
            yield Undecided(KIND, UNORDERED, resource=document.of("stack")[0])


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    why="What is changed by hand after the deployment stays wrong until somebody uses it.",
    fix="Add an aws_securityhub_account; in environments/*.yaml audit.security_hub is on unless it is switched off.",
    docs="https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub.html",
    controls=("pci-dss-4.0.1/1.2.7", "pci-dss-4.0.1/10.4.1.1", "cis-aws-3.0/4.16"),
    check=check,
    mutations=(
        Removal(KIND, at=KIND, environment="staging"),
        Removal(KIND, at=KIND, environment="prod"),
    ),
    specimen={"dev": EMPTY, "prod": {"resource": {"aws_vpc": {"main": {}}, KIND: {"account": {}}}}},
    settings=Settings(("dev", "staging", "prod")),
)
