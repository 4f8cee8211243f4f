"""Two environments keep their state in one bucket."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from planproof.document import Document, among
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings

PATH: Final = "bucket"


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """Each environment's state lies in a bucket of its own."""
    named = [documents[name] for name in settings.environments if name in documents]
    for before, after in combinations(named, 2):
        taken = {one.get(PATH) for one in before.of("backend") if isinstance(one.get(PATH), str)}
        for backend in after.of("backend"):
            if among(backend.get(PATH), taken):
                yield Violation(PATH, f"another bucket than that of {before.name}", resource=backend)


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="Who may write the state of dev may write that of prod; with one key, one apply destroys the other.",
    fix="Build each state bucket with stacks.state, one an environment.",
    docs="https://developer.hashicorp.com/terraform/language/backend/s3",
    controls=("pci-dss-4.0.1/6.5.3",),
    check=check,
    mutations=(
        Mutation(PATH, "payflow-state-staging-222222222222", "backend", environment="prod"),
        Mutation(PATH, "payflow-state-dev-111111111111", "backend", environment="staging"),
    ),
)
