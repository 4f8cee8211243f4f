"""A document: everything one configuration, plan or state says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec import Struct, field

from planproof.document.values import UnknownValueError

if TYPE_CHECKING:
    from planproof.document.resource import Resource
    from planproof.document.values import Reference, Unknown

Derived = TypeVar("Derived")
Kind = Literal["configuration", "plan", "state"]


class Output(Struct, frozen=True):
    """A value the document gives to others."""

    name: str
    value: Any
    sensitive: bool
    references: tuple[Reference, ...] = ()


class _Stopped(Struct, frozen=True, eq=False):
    """The unknown value that kept an index from being made."""

    by: Unknown


class Document(Struct, frozen=True, eq=False, dict=True):
    """The resources of one stack, with who points to whom.

    `name` is the stack, such as "staging". `settings` are the document's own
    parts as resources of the types `stack`, `output`, `provider`, `backend`,
    `variable` and `module`. `removed` are the resources a plan deletes. `notes` say
    what the document cannot show, such as a module that is not part of it.
    """

    name: str
    kind: Kind
    source: str
    resources: tuple[Resource, ...]
    settings: tuple[Resource, ...] = ()
    removed: tuple[Resource, ...] = ()
    outputs: Mapping[str, Output] = field(default_factory=dict)
    providers: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    backend: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    _derived: dict[Any, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}: {len(self.resources)} resources>"

    @cached_property
    def _types(self) -> dict[str, tuple[Resource, ...]]:
        found: dict[str, list[Resource]] = {}
        for resource in (*self.resources, *self.settings):
            kind = f"data.{resource.type}" if resource.mode == "data" else resource.type
            found.setdefault(kind, []).append(resource)
        return {kind: tuple(resources) for kind, resources in found.items()}

    @cached_property
    def _addresses(self) -> dict[str, Resource]:
        own = (one for one in self.settings if one.type != "module")  # who names a module means what is in it
        return {resource.address: resource for resource in (*own, *self.resources)}

    @cached_property
    def _referrers(self) -> dict[str, tuple[Resource, ...]]:
        found: dict[str, dict[str, Resource]] = {}
        for resource in self.resources:
            for reference in resource.references():
                if reference.address != resource.address:
                    found.setdefault(reference.address, {})[resource.address] = resource
        return {address: tuple(by.values()) for address, by in found.items()}

    def of(self, *types: str) -> tuple[Resource, ...]:
        """The managed resources of these types, by address; data sources as `data.<type>`."""
        if len(types) == 1:
            return self._types.get(types[0], ())
        found = self._derived.get(types)
        if found is None:
            found = self._derived[types] = tuple(one for kind in types for one in self._types.get(kind, ()))
        return tuple(found)

    def once(self, compute: Callable[[Document], Derived]) -> Derived:
        """What a function makes of this document, computed once and kept; for indexes that many rules ask.

        Kept as well when it is that an unknown value stands in the way: everybody who asks is told of it.
        """
        if compute not in self._derived:
            try:
                self._derived[compute] = compute(self)
            except UnknownValueError as error:
                self._derived[compute] = _Stopped(error.unknown)
        found = self._derived[compute]
        if isinstance(found, _Stopped):
            raise UnknownValueError(found.by)
        kept: Derived = found
        return kept

    def resource(self, address: str) -> Resource | None:
        """The resource at an address."""
        return self._addresses.get(address)

    def targets(self, resource: Resource, path: str) -> tuple[Resource, ...]:
        """Every resource that an attribute points to, in order, each once."""
        found: dict[str, Resource] = {}
        for reference in resource.references(path):
            target = self._addresses.get(reference.address)
            if target is not None and target is not resource:
                found[target.address] = target
        return tuple(found.values())

    def target(self, resource: Resource, path: str) -> Resource | None:
        """The one resource that an attribute points to; None when it is none or several."""
        found = self.targets(resource, path)
        return found[0] if len(found) == 1 else None

    def naming(self, resource: Resource, kind: str, path: str) -> tuple[Resource, ...]:
        """The resources of a type whose attribute points to this one and to no other, by address."""
        index = self._derived.get(("naming", kind, path))
        if index is None:
            index = self._derived["naming", kind, path] = {}
            for one in self.of(kind):
                index.setdefault(self.target(one, path), []).append(one)
        return tuple(index.get(resource, ()))

    def referrers(self, resource: Resource, *types: str) -> tuple[Resource, ...]:
        """The resources that point to this one by any attribute; of these types, when given."""
        found = self._referrers.get(resource.address, ())
        return tuple(one for one in found if one.type in types) if types else found
