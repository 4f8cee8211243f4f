"""One resource of a document, and how its attributes are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Literal, Protocol

from msgspec import Struct, field

from planproof.document.normal import is_missing
from planproof.document.paths import split, walk
from planproof.document.values import ABSENT, Reference, Sensitive, Unknown, UnknownValueError


class Attributes(Protocol):
    """Where a resource's values come from: configuration, plan or state."""

    def names(self) -> Iterable[str]:
        """The attributes that are there."""
        ...

    def read(self, name: str) -> Any:
        """One attribute's tree, normalised, or ABSENT."""
        ...

    def written(self, steps: tuple[str, ...]) -> Any:
        """The text as written in a configuration, or ABSENT."""
        ...

    def resolve(self, written: Any, path: str) -> Any:
        """What a written value is worth."""
        ...

    def references(self, steps: tuple[str, ...]) -> tuple[Reference, ...]:
        """What the attribute points to."""
        ...


class Block(Struct, frozen=True):
    """One of the blocks an attribute repeats, such as one `ingress` of a security group."""

    path: str
    values: Mapping[str, Any]

    def get(self, path: str, default: Any = None) -> Any:
        """The value below this block, or the default when it is absent."""
        value = walk(self.values, split(path))
        return default if value is ABSENT or is_missing(value) else value

    def at(self, path: str) -> str:
        """The path, from the resource, of what stands at `path` in this block."""
        return f"{self.path}.{path}"


class Resource(Struct, frozen=True, eq=False, dict=True):
    """One resource: what it is called, where it was written and what it holds.

    `mode` is "managed" or "data" for Terraform's resources and "setting" for
    the document's own parts, which rules can judge in the same way: types
    `stack`, `output`, `provider`, `backend`, `variable` and `module`.
    """

    address: str
    type: str
    name: str
    attributes: Attributes
    mode: Literal["managed", "data", "setting"] = "managed"
    index: int | str | None = None
    origin: str = ""
    file: str | None = None
    line: int | None = None
    module: str = ""
    actions: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    lookup: Callable[[str], Resource | None] = field(default=lambda _: None)
    _read: dict[str, Any] = field(default_factory=dict)
    _got: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.address}>"

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The whole attribute tree."""
        return {name: value for name in self.attributes.names() if (value := self._attribute(name)) is not ABSENT}

    def _attribute(self, name: str) -> Any:
        try:
            return self._read[name]
        except KeyError:
            value = self._read[name] = self.attributes.read(name)
            return value

    def get(self, path: str, default: Any = None) -> Any:
        """The value at a path; the default when it is absent, null, an empty text or an empty list.

        The answer is a literal, a list, a dict, an `Unknown` or a `Sensitive`. A
        path goes through JSON text: `container_definitions.0.image`.
        """
        try:
            value = self._got[path]
        except KeyError:
            value = self._got[path] = self._at(path)
        return default if value is ABSENT else value

    def _at(self, path: str) -> Any:
        """The value at a path; ABSENT also when it says nothing."""
        steps = split(path)
        if not steps:
            return ABSENT
        value = self._attribute(steps[0])
        if len(steps) > 1 and value is not ABSENT:
            if isinstance(value, str | Unknown):
                inside = self.json(steps[0])
                value = ABSENT if inside is None else inside
            value = walk(value, steps[1:], steps[0])
        if value is ABSENT or is_missing(value):
            return ABSENT
        if isinstance(value, Unknown) and value.path != path:
            return Unknown(value.cause, value.references, value.template, path)
        return value

    def blocks(self, path: str) -> tuple[Block, ...]:
        """The blocks at a path, one or many. Raises `UnknownValueError` when their number is unknown."""
        value = self.get(path)
        if value is None:
            return ()
        if isinstance(value, Unknown):
            raise UnknownValueError(value)
        if isinstance(value, Sensitive):
            value = value.value
        found = []
        for position, block in enumerate(value if isinstance(value, list | tuple) else (value,)):
            if isinstance(block, Unknown):
                raise UnknownValueError(block)
            if isinstance(block, Mapping):
                found.append(Block(f"{path}.{position}", block))
        return tuple(found)

    def references(self, path: str = "") -> tuple[Reference, ...]:
        """Every reference at or below a path, in order, each once."""
        return self.attributes.references(split(path))

    def json(self, path: str) -> Any:
        """The tree that JSON text or `jsonencode` holds, with `Unknown` leaves; None when it holds none."""
        key = f"json:{path}"
        if key not in self._read:
            from planproof.document.policy import tree  # noqa: PLC0415 - the two modules know each other

            self._read[key] = tree(self, path)
        return self._read[key]

    def policy(self, path: str) -> dict[str, Any] | Unknown | None:
        """The policy document at a path, its unknown parts as `Unknown` leaves; None when there is none.

        Read from JSON text, from `jsonencode`, from an `aws_iam_policy_document`
        data source and through a reference to another resource's policy.
        """
        from planproof.document.policy import read  # noqa: PLC0415 - the two modules know each other

        return read(self, path)
