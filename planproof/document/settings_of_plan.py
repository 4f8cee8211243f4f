"""The parts of a plan or a state that are no resources, as settings that rules can judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from planproof.document.links import Links
from planproof.document.resource import Resource
from planproof.document.shape import Shape
from planproof.document.values import ABSENT, Reference, Sensitive, Unknown

AFTER_APPLY: Final = "known only after apply"


class SettingAttributes(Struct, frozen=True):
    """A setting's attributes, and what they point to."""

    body: Mapping[str, Any]
    pointed: Mapping[str, tuple[Reference, ...]]

    def names(self) -> Iterable[str]:
        """The attributes that are there."""
        return self.body

    def read(self, name: str) -> Any:
        """One attribute."""
        if name == "value" and self.body.get("sensitive") is True and name in self.body:
            return Sensitive(self.body[name])
        return self.body.get(name, ABSENT)

    def written(self, steps: tuple[str, ...]) -> Any:
        """There is no configuration text."""
        del steps
        return ABSENT

    def resolve(self, written: Any, path: str) -> Any:
        """There is no configuration text."""
        del path
        return written

    def references(self, steps: tuple[str, ...]) -> tuple[Reference, ...]:
        """What the attribute points to; everything when no attribute is named."""
        if steps:
            return self.pointed.get(steps[0], ())
        return tuple(dict.fromkeys(one for found in self.pointed.values() for one in found))


def setting(  # noqa: PLR0917 - in the order a reader says them
    kind: str, label: str, address: str, body: Mapping[str, Any], pointed: Any, stack: str = ""
) -> Resource:
    """One part of a document as a resource."""
    origin = address if not stack or kind == "stack" else f"{stack}/{address}"
    attributes = SettingAttributes(body, pointed or {})
    return Resource(address=address, type=kind, name=label, mode="setting", attributes=attributes, origin=origin)


def settings_of(shape: Shape, raw: Mapping[str, Any], stack: str, links: Links) -> Iterator[Resource]:
    """The stack, the providers, the outputs and the variables of a plan."""
    yield setting("stack", stack, stack, {}, None)
    configuration = shape.object(raw, "configuration")
    for key, found in shape.object(configuration, "provider_config", "configuration").items():
        one = shape.an_object(found, f"configuration.provider_config.{key}")
        if "module_address" in one:
            continue
        expressions = shape.object(one, "expressions", f"configuration.provider_config.{key}")
        body = {name: _constant(written, links) for name, written in expressions.items()}
        alias = one.get("alias")
        address = f"provider.{one.get('name')}.{alias}" if alias else f"provider.{one.get('name')}"
        yield setting("provider", str(one.get("name")), address, body, None, stack)
    outputs = shape.object(shape.object(raw, "planned_values"), "outputs", "planned_values")
    written = links.outputs.get("", {})
    for label in dict.fromkeys((*written, *outputs)):
        body = dict(shape.an_object(outputs.get(label, {}), f"planned_values.outputs.{label}"))
        expression = written.get(label, {}).get("expression")
        pointed = links.pointed(expression, "", None)
        if "value" not in body:
            body["value"] = Unknown(f"{pointed[0]} is {AFTER_APPLY}" if pointed else AFTER_APPLY, pointed)
        yield setting("output", label, f"output.{label}", body, {"value": pointed}, stack)
    for label, found in shape.object(raw, "variables").items():
        yield setting("variable", label, f"variable.{label}", shape.an_object(found, f"variables.{label}"), None, stack)


def _constant(written: Any, links: Links) -> Any:
    """The value of a provider's expression, blocks included."""
    if isinstance(written, list):
        return [_constant(one, links) for one in written]
    if not isinstance(written, Mapping):
        return written
    if "constant_value" in written:
        return written["constant_value"]
    if "references" in written:
        return Unknown("set by an expression", links.pointed(written, "", None))
    return {name: _constant(one, links) for name, one in written.items()}
