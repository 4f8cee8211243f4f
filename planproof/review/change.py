"""One change of a plan: what Terraform would do to one resource, attribute by attribute."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from msgspec import Struct, field

from planproof.document import ABSENT, Sensitive, Unknown

NONE: Final[Mapping[str, Any]] = {}
LATER: Final = Unknown("known after apply")
TAGS: Final = ("tags", "tags_all")


class Difference(Struct, frozen=True):
    """One attribute that changes; a value may be absent, sensitive or known only after apply."""

    path: str
    before: Any
    after: Any

    @property
    def known(self) -> bool:
        """Whether the new value can be seen in the plan."""
        return not isinstance(self.after, Unknown)


class Change(Struct, frozen=True, eq=False, dict=True):
    """What one plan does to one resource.

    `actions` are Terraform's: create, read, update, delete, no-op, forget, two for a replacement. `reason` is
    Terraform's `action_reason`. `imported` is the id of what is imported; `moved_from` the address it had.
    """

    address: str
    type: str
    origin: str
    actions: tuple[str, ...]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    unknown: Any = None
    hidden: tuple[Any, Any] = (None, None)
    replaced_for: tuple[str, ...] = ()
    reason: str = ""
    moved_from: str = ""
    imported: str = ""
    file: str | None = None
    line: int | None = None

    def __repr__(self) -> str:
        return f"<{self.address}: {', '.join(self.actions)}>"

    @property
    def destroys(self) -> bool:
        """Whether what exists now will be gone, also when another takes its place."""
        return "delete" in self.actions

    @property
    def deletes(self) -> bool:
        """Whether it will be gone with nothing in its place."""
        return self.actions == ("delete",)

    @property
    def replaces(self) -> bool:
        """Whether another takes its place."""
        return self.destroys and "create" in self.actions

    @property
    def creates(self) -> bool:
        """Whether it is new."""
        return self.actions == ("create",)

    @property
    def updates(self) -> bool:
        """Whether it is changed in place."""
        return self.actions == ("update",)

    @property
    def forgets(self) -> bool:
        """Whether Terraform lets go of it without destroying it."""
        return "forget" in self.actions

    @property
    def acts(self) -> bool:
        """Whether anything happens at all."""
        return self.actions not in {("no-op",), ("read",)} or bool(self.moved_from or self.imported)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every attribute that changes, by path; JSON text is compared as what it says."""
        found = _different("", self.before, self.after, Marks(self.unknown, *self.hidden))
        return tuple(sorted(found, key=lambda one: one.path))

    @cached_property
    def by_path(self) -> Mapping[str, Difference]:
        """The differences by their paths."""
        return {one.path: one for one in self.differences}

    def of(self, name: str) -> Difference | None:
        """The difference at an attribute, or the first one below it."""
        exact = self.by_path.get(name)
        if exact is not None:
            return exact
        return next((one for one in self.differences if one.path.startswith(f"{name}.")), None)

    @cached_property
    def only_labels(self) -> bool:
        """Whether nothing but tags and descriptions of this change differ."""
        return all(one.path.partition(".")[0] in {*TAGS, "description"} for one in self.differences)


class Marks(Struct, frozen=True):
    """What Terraform says of one place beside its value: what is unknown, what is sensitive before and after."""

    unknown: Any
    was: Any
    will: Any

    def under(self, step: str | int) -> Marks:
        """The marks one step below."""
        return Marks(_mark(self.unknown, step), _mark(self.was, step), _mark(self.will, step))


def _different(path: str, old: Any, new: Any, marks: Marks) -> Iterator[Difference]:
    """Walk the values before and after, and their marks, in step."""
    if marks.unknown is True:
        yield Difference(path, _covered(old, marks.was), LATER)
        return
    if marks.was is True or marks.will is True:
        if old != new:
            yield Difference(path, _covered(old, marks.was), _covered(new, marks.will))
        return
    old, new = tree(old), tree(new)
    if old == new and not marks.unknown:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _different_keys(path, old, new, marks)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and old:
        for position, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _different(f"{path}.{position}", one, other, marks.under(position))
    elif old != new and not (_is_empty(old) and _is_empty(new)):
        yield Difference(path, _covered(old, marks.was), _covered(new, marks.will))


def _different_keys(path: str, old: dict[str, Any], new: dict[str, Any], marks: Marks) -> Iterator[Difference]:
    later = marks.unknown if isinstance(marks.unknown, dict) else {}
    for key in sorted({*old, *new, *later}):
        one, other = old.get(key), new.get(key)
        if one != other or later.get(key):
            yield from _different(f"{path}.{key}" if path else key, one, other, marks.under(key))


def _is_empty(value: Any) -> bool:
    """Whether nothing is said: providers write null, an empty text, list or block without a difference."""
    return value is None or value in ("", [], {})


def _mark(marks: Any, step: str | int) -> Any:
    """The marks one step below; a list may be shorter than what it marks."""
    if marks is True:
        return True
    if isinstance(marks, dict):
        return marks.get(step)
    if isinstance(marks, list) and isinstance(step, int):
        return marks[step] if step < len(marks) else None
    return None


def _covered(value: Any, marks: Any) -> Any:
    """A value with its sensitive parts wrapped; null is absent."""
    if value is None:
        return ABSENT
    if marks is True:
        return Sensitive(value)
    if isinstance(value, dict):
        return {key: _covered(inside, _mark(marks, key)) for key, inside in value.items()}
    if isinstance(value, list):
        return [_covered(inside, _mark(marks, position)) for position, inside in enumerate(value)]
    return value


def tree(value: Any) -> Any:
    """The tree in JSON text, so that policies and container definitions are compared by what they say."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
