"""What one change to the platform is: a story, an edit of the code, and what a review must say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tests.review.generate.stack import Stack

EffectClass = Literal[
    "data-destroyed",
    "data-replaced",
    "protection-removed",
    "protection-added",
    "downtime",
    "access-widened",
    "access-narrowed",
    "cost-up",
    "cost-down",
    "drift",
    "drift-noise",
    "imported",
    "moved",
    "forgotten",
    "secret",
    "unknown",
    "created",
    "replaced",
    "deleted",
    "updated",
]
Effect = tuple[EffectClass, str]
"""A class, and a part of the address or of the construct path of the resource that it is said of."""

Verdict = Literal["safe", "human", "blocked"]
SAFE: Verdict = "safe"
HUMAN: Verdict = "human"
BLOCKED: Verdict = "blocked"

SEVERITY = (SAFE, HUMAN, BLOCKED)

Edit = Callable[[Stack], None]
Client = Callable[[str], Any]
Undo = Callable[[], None]
Deed = Callable[[Client, Stack], Undo]
"""Something done to the account behind Terraform's back; gives what puts it right again."""

REFRESHED = ("-refresh=true",)
UNREFRESHED = ("-refresh=false",)

FIRST_DAY = "-first-day"
"""Ends the name of the plan that makes an environment from nothing."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change, the plan that Terraform makes of it, and what is expected of its review."""

    name: str
    story: str
    edit: Edit
    verdict: Verdict
    effects: tuple[Effect, ...]
    environment: str
    arguments: tuple[str, ...]
    deed: Deed | None
    earlier: Mapping[str, Mapping[str, Any]]
    """What an earlier change had set: attributes of the state by path of the part."""
    members: tuple[str, ...]
    """The changes that this one is made of, by name."""
    from_nothing: bool
    """Planned without a state, as on the first day of an environment; one change of each can be."""

    @property
    def base(self) -> str:
        """The plan that this one is stored against: of no change, or itself on the first day."""
        return f"{self.environment}{FIRST_DAY}" if self.from_nothing else self.environment


def change(
    verdict: Verdict,
    *effects: Effect,
    environment: str = "staging",
    arguments: tuple[str, ...] = UNREFRESHED,
    deed: Deed | None = None,
    earlier: Mapping[str, Mapping[str, Any]] | None = None,
    from_nothing: bool = False,
) -> Callable[[Edit], Change]:
    """Make a change of a function that edits the stack: its name is the change's, its docstring the story."""

    def made(edit: Edit) -> Change:
        story = " ".join((edit.__doc__ or "").split())
        return Change(
            name=edit.__name__.replace("_", "-"),
            story=story,
            edit=edit,
            verdict=verdict,
            effects=effects,
            environment=environment,
            arguments=arguments,
            deed=deed,
            earlier=earlier or {},
            members=(),
            from_nothing=from_nothing,
        )

    return made


def together(name: str, story: str, *members: Change) -> Change:
    """One plan of several changes: everything expected of each, and the worst verdict."""

    def edit(stack: Stack) -> None:
        for member in members:
            member.edit(stack)

    return Change(
        name=name,
        story=story,
        edit=edit,
        verdict=max((member.verdict for member in members), key=SEVERITY.index),
        effects=tuple(dict.fromkeys(effect for member in members for effect in member.effects)),
        environment=members[0].environment,
        arguments=members[0].arguments,
        deed=None,
        earlier={path: values for member in members for path, values in member.earlier.items()},
        members=tuple(member.name for member in members),
        from_nothing=False,
    )
