"""Terraform JSON configuration, such as CDKTF's `cdk.tf.json`, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from planproof.document.document import Document, Output
from planproof.document.origins import NOWHERE, Origins
from planproof.document.paths import walk
from planproof.document.resource import Resource
from planproof.document.scope import Scope
from planproof.document.sensitive import hidden
from planproof.document.shape import Shape
from planproof.document.values import ABSENT, Reference, Unknown
from planproof.errors import UserError

META: Final = frozenset(
    {"//", "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection", "dynamic"}
)
POINTLESS: Final = META - {"dynamic"}
"""What stands in a resource's body and points to nothing that the resource uses."""
SECTIONS: Final = frozenset(
    {"//", "check", "data", "import", "locals", "module", "moved", "output", "provider", "removed",
     "resource", "ephemeral", "terraform", "variable"}
)  # fmt: skip


class ConfigurationAttributes(Struct, frozen=True):
    """A resource's attributes as a configuration writes them."""

    address: str
    type: str
    body: Mapping[str, Any]
    scope: Scope

    def names(self) -> Iterable[str]:
        """The attributes that are written, and the blocks that are repeated by `dynamic`."""
        return (*(name for name in self.body if name not in META), *self._dynamic())

    def _dynamic(self) -> Mapping[str, Any]:
        dynamic = self.body.get("dynamic")
        if dynamic is None:
            return {}
        bodies = dynamic if isinstance(dynamic, list) else [dynamic]
        return {name: one[name] for one in bodies if isinstance(one, Mapping) for name in one}

    def read(self, name: str) -> Any:
        """One attribute, with what it points to put in where that is known."""
        if name in self.body and name not in META:
            value = self.scope.value(self.body[name], name, (f"{self.address}.{name}",))
            return hidden(self.type, name, value)
        dynamic = self._dynamic()
        if name in dynamic:
            return Unknown(f"{name} is repeated by a dynamic block", self.scope.references(dynamic[name]))
        return ABSENT

    def written(self, steps: tuple[str, ...]) -> Any:
        """The text at a path, before any expression is followed."""
        return walk(self.body, steps)

    def resolve(self, written: Any, path: str) -> Any:
        """What a written value is worth."""
        return self.scope.value(written, path, (f"{self.address}.{path}",), free=True)

    def references(self, steps: tuple[str, ...]) -> tuple[Reference, ...]:
        """What the expressions at or below a path point to."""
        if not steps:
            return self.scope.references({name: self.body[name] for name in self.body if name not in POINTLESS})
        written = walk(self.body, steps)
        if written is ABSENT and steps[0] in self._dynamic():
            written = self._dynamic()[steps[0]]
        return self.scope.references(written)


def read(raw: Mapping[str, Any], *, name: str, source: str, origins: Origins = NOWHERE) -> Document:
    """The document of a configuration. Raises `UserError` when its shape is not Terraform's."""
    shape = Shape(source)
    strange = sorted(set(raw) - SECTIONS)
    if strange:
        raise UserError(
            f"{source} cannot be read",
            *(f"{key}: not a section of a Terraform configuration" for key in strange[:5]),
            hint="give it a synthesized cdk.tf.json, or the output of terraform show -json",
        )
    modes: tuple[tuple[str, str], ...] = (("resource", ""), ("data", "data."))
    bodies = {
        f"{prefix}{kind}.{label}": (section, kind, label, body)
        for section, prefix in modes
        for kind, label, body in _labelled(shape, raw, section)
    }
    locals_: dict[str, Any] = {}
    if "locals" in raw:
        for body in shape.bodies(raw["locals"], "locals"):
            locals_.update(body)
    variables = dict(_named(shape, raw, "variable"))
    scope = Scope({address: body for address, (_, _, _, body) in bodies.items()}, locals_)
    found: dict[str, Resource] = {}
    for address, (section, kind, label, body) in bodies.items():
        if _is_left_out(address, body, scope):
            continue
        place = origins.of(address, body)
        found[address] = Resource(
            address=address,
            type=kind,
            name=label,
            mode="managed" if section == "resource" else "data",
            attributes=ConfigurationAttributes(address, kind, body, scope),
            origin=place.origin,
            file=place.file,
            line=place.line,
            meta={key: body[key] for key in META if key in body and key != "//"},
            lookup=found.get,
        )
    stack = stack_name(raw) or name
    settings = tuple(_settings(shape, raw, stack, scope, found))
    return Document(
        name=stack,
        kind="configuration",
        source=source,
        resources=tuple(found[address] for address in sorted(found)),
        settings=settings,
        outputs={
            one.name: Output(one.name, one.get("value"), one.get("sensitive") is True, one.references("value"))
            for one in settings
            if one.type == "output"
        },
        providers=_providers(settings),
        variables=variables,
        backend={one.name: one.values for one in settings if one.type == "backend"},
        notes=tuple(
            f"{source}: module {label} is not part of this file; judge the plan to judge its resources"
            for label, _ in _named(shape, raw, "module")
        ),
    )


def _is_left_out(address: str, body: Mapping[str, Any], scope: Scope) -> bool:
    """Whether a block builds nothing, as far as the configuration says: counted to zero, or for each of nothing."""
    count = scope.value(body.get("count"), "count", (f"{address}.count",))
    each = scope.value(body.get("for_each"), "for_each", (f"{address}.for_each",))
    return (isinstance(count, int | float | str) and count in (0, "0")) or (isinstance(each, dict | list) and not each)


def stack_name(raw: Mapping[str, Any]) -> str | None:
    """The name CDKTF gave the stack."""
    found = walk(raw, ("//", "metadata", "stackName"))
    return found if isinstance(found, str) and found else None


def _labelled(shape: Shape, raw: Mapping[str, Any], section: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The blocks with two labels: resources and data sources."""
    if section not in raw:
        return
    seen: set[tuple[str, str]] = set()
    for kinds in shape.bodies(raw[section], section):
        for kind, labels in kinds.items():
            if kind == "//":
                continue
            for by_label in shape.bodies(labels, f"{section}.{kind}"):
                for label, found in by_label.items():
                    where = f"{section}.{kind}.{label}"
                    if (kind, label) in seen or (isinstance(found, list) and len(found) != 1):
                        raise UserError(
                            f"{shape.source} cannot be read",
                            f"{where}: the address is used more than once",
                            hint="give each resource a name of its own",
                        )
                    seen.add((kind, label))
                    yield kind, label, next(shape.bodies(found, where))


def _named(shape: Shape, raw: Mapping[str, Any], section: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The blocks with one label: providers, outputs, variables, modules."""
    if section not in raw:
        return
    for by_label in shape.bodies(raw[section], section):
        for label, found in by_label.items():
            if label != "//":
                for body in shape.bodies(found, f"{section}.{label}"):
                    yield label, body


def _settings(
    shape: Shape, raw: Mapping[str, Any], stack: str, scope: Scope, found: Mapping[str, Resource]
) -> Iterator[Resource]:
    """The document's own parts as resources that rules can judge."""

    def setting(kind: str, label: str, address: str, body: Mapping[str, Any]) -> Resource:
        return Resource(
            address=address,
            type=kind,
            name=label,
            mode="setting",
            attributes=ConfigurationAttributes(address, kind, body, scope),
            origin=stack if kind == "stack" else f"{stack}/{address}",
            lookup=found.get,
        )

    yield setting("stack", stack, stack, {})
    for kind in ("provider", "output", "variable", "module"):
        for label, body in _named(shape, raw, kind):
            alias = body.get("alias") if kind == "provider" else None
            yield setting(kind, label, f"{kind}.{label}.{alias}" if alias else f"{kind}.{label}", body)
    if "terraform" in raw:
        for body in shape.bodies(raw["terraform"], "terraform"):
            for label, backend in _named(shape, body, "backend"):
                yield setting("backend", label, f"terraform.backend.{label}", backend)


def _providers(settings: tuple[Resource, ...]) -> dict[str, tuple[Mapping[str, Any], ...]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in settings:
        if one.type == "provider":
            found.setdefault(one.name, []).append(one.values)
    return {name: tuple(values) for name, values in found.items()}
