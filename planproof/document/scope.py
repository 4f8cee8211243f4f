"""What the expressions of one configuration are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from planproof.document import expression
from planproof.document.evaluation import evaluate
from planproof.document.expression import OpaqueError, has_expression
from planproof.document.normal import is_free, scalar
from planproof.document.paths import split, walk
from planproof.document.values import ABSENT, Reference, Unknown

LONGEST: Final = 20
NAMED_BY: Final = {"aws_s3_bucket": ("id", "bucket"), "aws_cloudwatch_log_group": ("id", "name")}


class Scope(Struct, frozen=True):
    """The resources and locals that expressions may name. Follows references, and never in a circle."""

    bodies: Mapping[str, Mapping[str, Any]]
    locals: Mapping[str, Any]
    _references: dict[str, tuple[Reference, ...]] = field(default_factory=dict)

    def value(self, written: Any, path: str, trail: tuple[str, ...], *, free: bool | None = None) -> Any:
        """The value of what is written at a path; `trail` is the way here through references."""
        free = is_free(path.rpartition(".")[2]) if free is None else free
        if isinstance(written, str):
            opens = "{" in written and has_expression(written)
            return self._text(written, path, trail) if opens else scalar(written, free=free)
        if isinstance(written, dict):
            return {
                key: self.value(inside, f"{path}.{key}", trail, free=free or is_free(key))
                for key, inside in written.items()
                if key != "//"
            }
        if isinstance(written, list):
            return [
                self.value(inside, f"{path}.{position}", trail, free=free) for position, inside in enumerate(written)
            ]
        return written

    def _text(self, written: str, path: str, trail: tuple[str, ...]) -> Any:
        try:
            place = expression.lone(written)
            if place is not None:
                value = self._follow(place, path, trail)
                value = None if value is ABSENT else value
            else:
                value = evaluate(written, lambda reference: self._follow(reference, path, trail))
        except (OpaqueError, RecursionError):
            return Unknown("an expression that only Terraform can evaluate", self.references(written), written, path)
        if isinstance(value, Unknown):
            return Unknown(value.cause, self.references(written) or value.references, written, path)
        return value

    def _follow(self, reference: Reference, path: str, trail: tuple[str, ...]) -> Any:
        """What the place a reference names holds; Unknown when the configuration does not say."""
        place = str(reference)
        if place in trail or len(trail) > LONGEST:
            return Unknown(f"{place} points back to itself", (reference,), "", path)
        kind, _, name = reference.address.partition(".")
        if kind == "local":
            written = walk(self.locals.get(name, ABSENT), split(reference.attribute))
        elif kind == "var":
            return Unknown(f"{reference.address} is given from outside", (reference,), "", path)
        elif kind == "module":
            return Unknown(f"{place} comes from a module", (reference,), "", path)
        else:
            written = self._attribute(reference, kind)
        if written is ABSENT:
            when = "is read by Terraform" if kind == "data" else "is known only after apply"
            return Unknown(f"{place} {when}", (reference,), "", path)
        return self.value(written, path, (*trail, place))

    def _attribute(self, reference: Reference, kind: str) -> Any:
        body = self.bodies.get(reference.address)
        steps = split(reference.attribute)
        if body is None or not steps or "*" in steps:
            return ABSENT
        if "count" in body or "for_each" in body:
            steps = steps[1:]
        twin = NAMED_BY.get(kind)
        if twin and steps == (twin[0],):
            steps = (twin[1],)
        return walk(body, steps) if steps else ABSENT

    def references(self, written: Any) -> tuple[Reference, ...]:
        """Every place that a written tree points to, locals followed, in order, each once."""
        found: dict[Reference, None] = {}
        locals_: dict[str, None] = {}
        self._collect(written, found, locals_)
        followed = 0
        while followed < len(locals_):
            name = list(locals_)[followed]
            self._collect(self.locals.get(name), found, locals_)
            followed += 1
        return tuple(found)

    def _collect(self, written: Any, found: dict[Reference, None], locals_: dict[str, None]) -> None:
        if isinstance(written, str):
            for reference in self._in_text(written) if has_expression(written) else ():
                kind, _, name = reference.address.partition(".")
                if kind == "local":
                    locals_[name] = None
                else:
                    found[reference] = None
        elif isinstance(written, dict):
            for key, inside in written.items():
                if key != "//":
                    self._collect(inside, found, locals_)
        elif isinstance(written, list):
            for inside in written:
                self._collect(inside, found, locals_)

    def _in_text(self, text: str) -> tuple[Reference, ...]:
        try:
            return self._references[text]
        except KeyError:
            pass
        try:
            found = expression.references(text)
        except (OpaqueError, RecursionError):
            found = ()
        self._references[text] = found
        return found
