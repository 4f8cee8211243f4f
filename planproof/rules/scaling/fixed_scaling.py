"""Scaling is set up and cannot move: the least is also the most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.demands import as_number, must
from planproof.document import Document, Resource, Unknown
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(target: Resource, _: Document) -> Iterator[Outcome]:
    """More at the most than at the least."""
    least = target.get("min_capacity")
    if isinstance(least, Unknown):
        yield Undecided("min_capacity", least.cause)
        return
    yield from must(
        target,
        "max_capacity",
        satisfies=lambda most: (as_number(most) or 0) > (as_number(least) or 0),
        expected=f"more than the {least} of min_capacity",
    )


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_appautoscaling_target",),
    why="The policies compute what is needed, and nothing follows.",
    fix="Set max_tasks of the service above its min_tasks in the environment's YAML.",
    docs="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
    controls=(),
    check=check,
    mutations=(
        Mutation("max_capacity", 1),
        Mutation("min_capacity", 99, at="max_capacity"),
    ),
)
