"""`terraform show -json` of a state, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from planproof.document.document import Document, Output
from planproof.document.known import KnownValues
from planproof.document.normal import is_free, plain, scalar
from planproof.document.origins import NOWHERE, Origins
from planproof.document.resource import Resource
from planproof.document.sensitive import hidden
from planproof.document.settings_of_plan import setting
from planproof.document.shape import Shape
from planproof.document.values import ABSENT, Reference, Sensitive
from planproof.errors import UserError


class StateAttributes(Struct, frozen=True):
    """A resource's attributes as the cloud has them."""

    type: str
    address: str
    after: Mapping[str, Any]
    sensitive: Any
    known: KnownValues
    near: tuple[str, ...]
    found: dict[tuple[str, ...], tuple[Reference, ...]] = field(default_factory=dict)

    def names(self) -> Iterable[str]:
        """The attributes that are there."""
        return self.after

    def read(self, name: str) -> Any:
        """One attribute."""
        if self.after.get(name) is None:
            return ABSENT
        sensitive = self.sensitive.get(name) if isinstance(self.sensitive, Mapping) else None
        return hidden(self.type, name, _value(self.after[name], sensitive, free=is_free(name)))

    def written(self, steps: tuple[str, ...]) -> Any:
        """A state holds no configuration text."""
        del steps
        return ABSENT

    def resolve(self, written: Any, path: str) -> Any:
        """A state holds no configuration text."""
        del path
        return written

    def references(self, steps: tuple[str, ...]) -> tuple[Reference, ...]:
        """Whom the values belong to."""
        try:
            return self.found[steps]
        except KeyError:
            found = self.found[steps] = self.known.references(self.after, steps, self.address, self.near)
            return found


def _value(after: Any, sensitive: Any, *, free: bool) -> Any:
    if not sensitive:
        return plain(after, free=free)
    if sensitive is True:
        return None if after is None else Sensitive(after)
    if isinstance(after, dict):
        marks = sensitive if isinstance(sensitive, dict) else {}
        return {key: _value(one, marks.get(key), free=free or is_free(key)) for key, one in after.items()}
    if isinstance(after, list):
        listed = sensitive if isinstance(sensitive, list) else []
        return [_value(one, listed[n] if n < len(listed) else None, free=free) for n, one in enumerate(after)]
    return scalar(after, free=free)


def each_resource(shape: Shape, raw: Mapping[str, Any], *sections: str) -> Iterator[dict[str, Any]]:
    """The resources of a values representation, child modules included.

    Of `prior_state` and `planned_values` in a plan; `prior` says which. Raises
    `UserError` when an address is used more than once in a section.
    """
    for section in sections:
        seen: set[str] = set()
        holder = shape.object(raw, section)
        prior = section == "prior_state"
        if prior:
            holder = shape.object(holder, "values", section)
        root = shape.object(holder, "root_module", section)
        waiting: list[tuple[Mapping[str, Any], str]] = [(root, f"{section}.root_module")]
        while waiting:
            module, where = waiting.pop(0)
            for position, found in enumerate(shape.list(module, "resources", where)):
                place = f"{where}.resources[{position}]"
                one = shape.an_object(found, place)
                for key in ("address", "type", "name"):
                    shape.text(one, key, place)
                if one.get("deposed_key") is None:
                    _refuse_twin(shape, section, one["address"], seen)
                    yield {**one, "module_address": module.get("address", ""), "prior": prior}
            for position, child in enumerate(shape.list(module, "child_modules", where)):
                place = f"{where}.child_modules[{position}]"
                waiting.append((shape.an_object(child, place), place))


def _refuse_twin(shape: Shape, section: str, address: str, seen: set[str]) -> None:
    if address in seen:
        raise UserError(
            f"{shape.source} cannot be read",
            f"{section}: the address {address} is used more than once",
            hint="write it again with terraform show -json",
        )
    seen.add(address)


def read(raw: Mapping[str, Any], *, name: str, source: str, origins: Origins = NOWHERE) -> Document:
    """The document of a state. Raises `UserError` when its shape is not Terraform's."""
    shape = Shape(source)
    known = KnownValues()
    found: dict[str, Resource] = {}
    for one in each_resource(shape, raw, "values"):
        address = one["address"]
        place = origins.of(address)
        mode: Literal["managed", "data"] = "data" if one.get("mode") == "data" else "managed"
        near = tuple(str(other) for other in shape.list(one, "depends_on", address))
        values = {} if one.get("values") is None else shape.object(one, "values", address)
        attributes = StateAttributes(one["type"], address, values, one.get("sensitive_values"), known, near)
        found[address] = Resource(
            address=address,
            type=one["type"],
            name=one["name"],
            mode=mode,
            attributes=attributes,
            index=one.get("index"),
            origin=place.origin,
            file=place.file,
            line=place.line,
            module=str(one["module_address"] or ""),
            lookup=found.get,
        )
    known.know(found.values())
    values = shape.object(raw, "values")
    outputs = {
        label: shape.an_object(body, f"values.outputs.{label}")
        for label, body in shape.object(values, "outputs", "values").items()
    }
    return Document(
        name=name,
        kind="state",
        source=source,
        resources=tuple(found[address] for address in sorted(found)),
        settings=(
            setting("stack", name, name, {}, None),
            *(setting("output", label, f"output.{label}", body, None, name) for label, body in outputs.items()),
        ),
        outputs={
            label: Output(
                label,
                Sensitive(body.get("value")) if body.get("sensitive") is True else body.get("value"),
                body.get("sensitive") is True,
            )
            for label, body in outputs.items()
        },
    )
