"""Nobody looks for intruders in an environment with real data.

The first environment that planproof.yaml names is for experiments without real data and may do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.demands import must
from planproof.document import Document
from planproof.reading.blame import on
from planproof.reading.tiers import UNORDERED, protected
from planproof.rule import ContractRule, Mutation, Outcome, Removal, Severity, Undecided, Violation
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


PLATFORM: Final = ("aws_vpc", "aws_ecs_cluster", "aws_db_instance")
KIND: Final = "aws_guardduty_detector"
EMPTY: Final[Mapping[str, Any]] = {"resource": {"aws_vpc": {"main": {}}}}


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Every environment but the first has it; an environment that no order names cannot be judged."""
    for document, asked in protected(documents, settings):
        found = document.of(KIND)
        if asked is False or not document.of(*PLATFORM):
            continue
        if not found and asked:
            yield Violation(KIND, "a detector", found="none", resource=document.of("stack")[0])
        elif not found:
            yield Undecided(KIND, UNORDERED, resource=document.of("stack")[0])
        for one in found:
            yield from on(one, must(one, "enable", equals=True, default=True))


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="Stolen keys, mining and copied data show in logs that nobody reads, until a customer calls.",
    fix="Add an aws_guardduty_detector; in environments/*.yaml audit.guardduty is on unless it is switched off.",
    docs="https://docs.aws.amazon.com/guardduty/latest/ug/what-is-guardduty.html",
    controls=("pci-dss-4.0.1/11.5.1", "pci-dss-4.0.1/10.4.1.1", "aws-fsbp/GuardDuty.1"),
    check=check,
    mutations=(
        Removal(KIND, at=KIND, environment="staging"),
        Removal(KIND, at=KIND, environment="prod"),
        Mutation("enable", value=False, type=KIND, environment="prod"),
    ),
    specimen={"dev": EMPTY, "prod": {"resource": {"aws_vpc": {"main": {}}, KIND: {"account": {}}}}},
    settings=Settings(("dev", "staging", "prod")),
)
