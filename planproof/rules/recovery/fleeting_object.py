"""A bucket deletes objects or their versions before anybody misses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.demands import must
from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_DAYS: Final = 7
ENDS: Final = ("expiration.days", "noncurrent_version_expiration.noncurrent_days")


def check(lifecycle: Resource, _: Document) -> Iterator[Outcome]:
    """An end of life that is not said is not judged: what has none lives for ever."""
    for block in lifecycle.blocks("rule"):
        for end in ENDS:
            if block.get(end) is not None:
                yield from must(lifecycle, block.at(end), at_least=LEAST_DAYS, expected=f"at least {LEAST_DAYS} days")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_s3_bucket_lifecycle_configuration",),
    why="What was overwritten or deleted by mistake on Friday cannot be brought back on Monday.",
    fix="Set the bucket's days in the environment's YAML to 7 or more.",
    docs="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("rule.0.expiration.0.days", 1, at="rule.0.expiration.days"),
        Mutation(
            "rule.0.noncurrent_version_expiration.0.noncurrent_days",
            1,
            at="rule.0.noncurrent_version_expiration.noncurrent_days",
        ),
    ),
)
