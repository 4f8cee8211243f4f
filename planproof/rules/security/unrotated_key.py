"""A key never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import must
from planproof.document import ABSENT, Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(key: Resource, _: Document) -> Iterator[Outcome]:
    """Once a year at most, by itself; AWS cannot rotate asymmetric keys, imported ones and those in a store of ours."""
    if key.get("customer_master_key_spec", "SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
        return
    if key.get("custom_key_store_id") is None:
        yield from must(key, "enable_key_rotation", equals=True, default=False)
        yield from must(key, "rotation_period_in_days", at_most=365, default=365)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_kms_key",),
    why="Whatever is taken with it once can be read forever, and nobody notices.",
    fix="Set enable_key_rotation to true; modules.key.Key does.",
    docs="https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    controls=("pci-dss-4.0.1/3.7.4", "aws-fsbp/KMS.4", "cis-aws-3.0/3.6"),
    check=check,
    mutations=(
        Mutation("enable_key_rotation", value=False),
        Mutation("enable_key_rotation", ABSENT),
        Mutation("rotation_period_in_days", 2560),
    ),
)
