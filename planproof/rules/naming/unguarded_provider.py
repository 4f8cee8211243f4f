"""A stack may be applied to whatever account the caller is logged in to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(provider: Resource, _: Document) -> Iterator[Outcome]:
    """The account is named, and so is the region."""
    if provider.name != "aws":
        return
    yield from must(provider, "allowed_account_ids", filled=True, expected="the account of this environment")
    yield from must(provider, "region", present=True, expected="the region of this environment")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("provider",),
    why="With the wrong profile in the shell, the stack of dev replaces production.",
    fix="Set allowed_account_ids and region of the provider, as stacks.foundation does.",
    docs="https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs",
    controls=("pci-dss-4.0.1/6.5.3",),
    check=check,
    mutations=(Mutation("allowed_account_ids", ABSENT), Mutation("region", ABSENT)),
)
