"""Secrets that stand in a plan without a mark: whoever reads the plan, the state or the logs reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from planproof.reading.secrets import is_secret, token
from planproof.review.change import TAGS, tree
from planproof.review.effect import Effect, Kind

if TYPE_CHECKING:
    from planproof.review.change import Change
    from planproof.review.plan import Plan

ENVIRONMENTS: Final = frozenset({"environment", "environment_variables", "variables", "build_args"})
SOURCE: Final = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html"


def find(plan: Plan) -> Iterator[Effect]:
    """Each value of a change that is a secret by its form, or by the name it stands under."""
    for change in plan.changes:
        changed = [one.path for one in change.differences]
        for path, name, value in written(change, change.after):
            if any(path == one or path.startswith(f"{one}.") for one in changed) and is_secret(name, value, plan.after):
                kind = token(value)
                text = f"it looks like {_article(kind)}" if kind else f"{name} is the name of a secret"
                yield Effect(Kind.SECRET, f"{text}, and is not marked as sensitive", change, path, source=SOURCE)
    for name, output in (plan.raw.get("output_changes") or {}).items():
        if output.get("after_sensitive") is not True and is_secret(name, output.get("after"), plan.after):
            yield Effect(Kind.SECRET, "it is not marked as sensitive", None, source=SOURCE, subject=f"output.{name}")


def written(change: Change, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each text of the attributes that change, with its path and name; what is marked as sensitive is left out."""
    marks = change.hidden[0] if values is change.before else change.hidden[1]
    for attribute in dict.fromkeys(one.path.partition(".")[0] for one in change.differences):
        if attribute not in TAGS and not (isinstance(marks, Mapping) and marks.get(attribute) is True):
            yield from leaves(attribute, tree(values.get(attribute)))


def leaves(path: str, value: Any, name: str = "") -> Iterator[tuple[str, str, str]]:
    """Each text with its path and the name its author gave it: X in `{name: X, value: Y}` and in maps of variables.

    An attribute's own name is the provider's, who marks its secrets; marked values are left out.
    """
    if isinstance(value, str):
        yield path, name, value
    elif isinstance(value, Mapping):
        called = value.get("name")
        named = path.rpartition(".")[2] in ENVIRONMENTS
        for key, inside in value.items():
            below = f"{path}.{key}" if path else str(key)
            given = called if key == "value" and isinstance(called, str) else str(key) if named else ""
            yield from leaves(below, inside, given)
    elif isinstance(value, list):
        for position, inside in enumerate(value):
            yield from leaves(f"{path}.{position}", inside)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "AEIOU" else f"a {kind}"
