"""Two environments live in one account."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, items
from planproof.rule import ContractRule, Mutation, Outcome, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.settings import Settings

PATH: Final = "allowed_account_ids"


def check(documents: Mapping[str, Document], settings: Settings) -> Iterator[Outcome]:
    """What one environment's provider may touch, no other's may."""
    named = [documents[name] for name in settings.environments if name in documents]
    for before, after in combinations(named, 2):
        taken = {one for provider in before.of("provider") for one in _accounts(provider)}
        for provider in after.of("provider"):
            shared = sorted(taken & _accounts(provider))
            if shared:
                yield Violation(PATH, f"an account that {before.name} does not use", resource=provider)


def _accounts(provider: Resource) -> set[str]:
    return {str(one) for one in items(provider.get(PATH)) if isinstance(one, str | int)}


RULE = ContractRule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    why="A test script with the wrong variable deletes production.",
    fix="Give each environment its own account_id.",
    docs="https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html",
    controls=("pci-dss-4.0.1/6.5.3", "pci-dss-4.0.1/6.5.4"),
    check=check,
    mutations=(
        Mutation(PATH, ["222222222222"], "provider", environment="prod", on=lambda one, _: one.get("alias") is None),
        Mutation(
            PATH, ["111111111111"], "provider", environment="prod", on=lambda one, _: one.get("alias") is not None
        ),
        Mutation(PATH, ["111111111111"], "provider", environment="staging"),
    ),
)
