"""Who points to whom in a plan, read from its `configuration`, through variables, outputs and instances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from planproof.document.expression import OpaqueError, tokens, traversal
from planproof.document.values import ABSENT, Reference

if TYPE_CHECKING:
    from planproof.document.resource import Resource
    from planproof.document.shape import Shape


class Configured(Enum):
    """Whether a configuration has an attribute."""

    NO = "not configured"


NOT_CONFIGURED: Final = Configured.NO
KEYS: Final = re.compile(r"\[[^\]]*\]")
LEAF: Final = frozenset({"references", "constant_value"})


def _steps(text: str) -> tuple[str, ...]:
    """The steps of a reference as Terraform lists it, such as `aws_subnet.a[0].id`."""
    if "[" not in text:
        return tuple(text.split("."))
    try:
        words = tokens(text)
    except OpaqueError:
        return ()
    return traversal(words, 0)[0] if words else ()


def _leaf(written: Any) -> bool:
    return isinstance(written, dict) and bool(written) and LEAF.issuperset(written)


def below(written: Any, step: str | int) -> Any:
    """The expressions one step below; an expression for a whole value holds for all its parts."""
    if written is ABSENT or written is None or written is NOT_CONFIGURED or _leaf(written):
        return written
    if isinstance(written, list):
        if isinstance(step, int):
            return written[step] if step < len(written) else ABSENT
        return below(written[0], step) if len(written) == 1 else ABSENT
    if isinstance(written, dict):
        return written if isinstance(step, int) else written.get(step, NOT_CONFIGURED)
    return ABSENT


def _texts(written: Any) -> Iterator[list[str]]:
    """The lists of references at or below a written tree."""
    if isinstance(written, dict):
        if _leaf(written):
            found = written.get("references")
            if isinstance(found, list):
                yield [text for text in found if isinstance(text, str)]
            return
        for inside in written.values():
            yield from _texts(inside)
    elif isinstance(written, list):
        for inside in written:
            yield from _texts(inside)


def plain(module: str) -> str:
    """A module's address without its instance keys."""
    return KEYS.sub("", module) if "[" in module else module


class Links:
    """The configuration of a plan, and the instances it made."""

    def __init__(self, root: Mapping[str, Any], shape: Shape) -> None:
        self.outputs: dict[str, Mapping[str, Any]] = {}
        self.calls: dict[str, Mapping[str, Any]] = {}
        self.nodes: dict[tuple[str, str], Mapping[str, Any]] = {}
        self.instances: dict[tuple[str, str], list[Resource]] = {}
        self._resolved: dict[tuple[str, str, int | str | None], tuple[Reference, ...]] = {}
        self._collect(root, "", shape)

    def _collect(self, module: Mapping[str, Any], path: str, shape: Shape) -> None:
        where = f"configuration.{path or 'root_module'}"
        self.outputs[path] = {
            name: shape.an_object(output, f"{where}.outputs.{name}")
            for name, output in shape.object(module, "outputs", where).items()
        }
        for node in shape.list(module, "resources", where):
            one = shape.an_object(node, f"{where}.resources")
            address = f"{one.get('type')}.{one.get('name')}"
            expressions = shape.object(one, "expressions", f"{where}.{address}")
            self.nodes[path, f"data.{address}" if one.get("mode") == "data" else address] = expressions
        for name, found in shape.object(module, "module_calls", where).items():
            call = shape.an_object(found, f"{where}.module_calls.{name}")
            inner = f"{path}.module.{name}" if path else f"module.{name}"
            self.calls[inner] = shape.object(call, "expressions", f"{where}.module_calls.{name}")
            self._collect(shape.object(call, "module", f"{where}.module_calls.{name}"), inner, shape)

    def know(self, resources: Iterable[Resource]) -> None:
        """Learn the instances; asked once, before any reference is resolved."""
        for one in resources:
            address = f"data.{one.type}.{one.name}" if one.mode == "data" else f"{one.type}.{one.name}"
            self.instances.setdefault((plain(one.module), address), []).append(one)

    def expressions(self, mode: str, kind: str, name: str, module: str) -> Mapping[str, Any] | None:
        """A resource's expressions; None when the plan has no configuration of it."""
        address = f"data.{kind}.{name}" if mode == "data" else f"{kind}.{name}"
        return self.nodes.get((plain(module), address))

    def pointed(self, written: Any, module: str, key: int | str | None) -> tuple[Reference, ...]:
        """Every place that a written tree points to, in order, each once."""
        found: dict[Reference, None] = {}
        for texts in _texts(written):
            repeated = key is not None and any(text.startswith(("each.", "count.")) for text in texts)
            for text in _longest(texts):
                place = (text, module, key if repeated else None)
                known = self._resolved.get(place)
                if known is None:
                    known = self._resolved[place] = tuple(self._resolve(*place, frozenset()))
                found.update(dict.fromkeys(known))
        return tuple(found)

    def _resolve(
        self, text: str, module: str, key: int | str | None, seen: frozenset[tuple[str, str]]
    ) -> Iterator[Reference]:
        if (text, module) in seen:
            return
        seen |= {(text, module)}
        steps = _steps(text)
        if len(steps) < 2:  # noqa: PLR2004 - a kind and a name
            return
        if steps[0] == "var":
            call = self.calls.get(plain(module))
            if call is not None:
                yield from self._all(call.get(steps[1]), module.rpartition("module.")[0].rstrip("."), None, seen)
        elif steps[0] == "module":
            inner = f"{module}.module.{steps[1]}" if module else f"module.{steps[1]}"
            outputs = self.outputs.get(plain(inner), {})
            output = next((step for step in steps[2:] if step in outputs), None)
            if output:
                yield from self._all(outputs[output].get("expression"), inner, None, seen)
        elif steps[0] not in {"local", "each", "count", "path", "terraform", "self"}:
            yield from self._instances(steps, module, key)

    def _all(
        self, written: Any, module: str, key: int | str | None, seen: frozenset[tuple[str, str]]
    ) -> Iterator[Reference]:
        for texts in _texts(written):
            for text in _longest(texts):
                yield from self._resolve(text, module, key, seen)

    def _instances(self, steps: tuple[str, ...], module: str, key: int | str | None) -> Iterator[Reference]:
        width = 3 if steps[0] == "data" else 2
        address, rest = ".".join(steps[:width]), steps[width:]
        known = self.instances.get((plain(module), address), [])
        here = [one for one in known if one.module == module] or known
        if len(here) == 1 and here[0].index is None:
            yield Reference(here[0].address, ".".join(rest))
            return
        if here and rest and any(str(one.index) == rest[0] for one in here):
            here, rest = [one for one in here if str(one.index) == rest[0]], rest[1:]
        elif key is not None and any(one.index == key for one in here):
            here = [one for one in here if one.index == key]
        for one in here:
            yield Reference(one.address, ".".join(rest))


def _longest(texts: list[str]) -> Iterator[str]:
    """Terraform lists `a.b.c`, then `a.b`: only the first says something."""
    for position, text in enumerate(texts):
        if not any(other.startswith((f"{text}.", f"{text}[")) for other in texts[max(0, position - 3) : position]):
            yield text
