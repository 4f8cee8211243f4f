"""`terraform show -json` of a plan, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from msgspec import Struct, field

from planproof.document.document import Document, Output
from planproof.document.known import KnownValues
from planproof.document.links import NOT_CONFIGURED, Links, below
from planproof.document.mirrors import Beside
from planproof.document.node import Node, mark
from planproof.document.normal import is_free, plain, scalar
from planproof.document.origins import NOWHERE, Origins
from planproof.document.resource import Resource
from planproof.document.sensitive import hidden
from planproof.document.settings_of_plan import settings_of
from planproof.document.shape import Shape
from planproof.document.state import each_resource
from planproof.document.values import ABSENT, Reference, Sensitive, Unknown
from planproof.errors import UserError

AFTER_APPLY: Final = "known only after apply"
GONE: Final = frozenset({("delete",), ("forget",)})


class Whole(Struct, frozen=True):
    """What every resource of one plan shares."""

    shape: Shape
    origins: Origins
    links: Links
    known: KnownValues
    beside: Beside
    kept: dict[str, Resource]


class PlanAttributes(Struct, frozen=True):
    """A resource's attributes as a plan knows them."""

    type: str
    module: str
    after: Mapping[str, Any]
    unknown: Mapping[str, Any]
    sensitive: Any
    expressions: Mapping[str, Any] | None
    links: Links
    known: KnownValues
    address: str
    key: int | str | None = None
    found: dict[tuple[str, ...], tuple[Reference, ...]] = field(default_factory=dict)

    def names(self) -> Iterable[str]:
        """The attributes that are there or will be."""
        return dict.fromkeys((*self.after, *self.unknown))

    def read(self, name: str) -> Any:
        """One attribute; what nobody configured and the cloud will choose is absent."""
        after, unknown, sensitive = self.after.get(name), self.unknown.get(name), mark(self.sensitive, name)
        if unknown or sensitive:
            written = ABSENT if self.expressions is None else below(self.expressions, name)
            value = self._value(Node(after, unknown, sensitive, written), name, free=is_free(name))
        else:
            value = plain(after, free=is_free(name))
        return ABSENT if value is None else hidden(self.type, name, value)

    def _value(self, node: Node, path: str, *, free: bool) -> Any:
        if not node.unknown and not node.sensitive:
            return plain(node.after, free=free)
        if node.unknown is True:
            return self._later(node.written, path)
        if node.sensitive is True:
            return None if node.after is None else Sensitive(node.after)
        if isinstance(node.after, list):
            return [self._value(node.under(n), f"{path}.{n}", free=free) for n in range(len(node.after))]
        hidden_keys = node.unknown if isinstance(node.unknown, dict) else {}
        if isinstance(node.after, dict) or (node.after is None and hidden_keys):
            inside = (
                (key, self._value(node.under(key), f"{path}.{key}", free=free or is_free(key)))
                for key in dict.fromkeys((*(node.after or ()), *hidden_keys))
            )
            return {key: value for key, value in inside if value is not ABSENT}
        return scalar(node.after, free=free)

    def _later(self, written: Any, path: str) -> Any:
        """A value that comes with apply: unknown when somebody configured it, else absent."""
        if written is NOT_CONFIGURED:
            return ABSENT
        found = self._pointed(written)
        cause = f"{found[0]} is {AFTER_APPLY}" if found else AFTER_APPLY
        return Unknown(cause, found, "", path)

    def _pointed(self, written: Any) -> tuple[Reference, ...]:
        return self.links.pointed(written, self.module, self.key)

    def written(self, steps: tuple[str, ...]) -> Any:
        """A plan holds no configuration text."""
        del steps
        return ABSENT

    def resolve(self, written: Any, path: str) -> Any:
        """A plan holds no configuration text."""
        del path
        return written

    def references(self, steps: tuple[str, ...]) -> tuple[Reference, ...]:
        """What the attribute's expressions point to, else whom its known value belongs to."""
        try:
            return self.found[steps]
        except KeyError:
            pass
        written: Any = self.expressions
        for step in steps:
            written = below(written, int(step) if step.isdecimal() else step)
        found = () if written is None or written in (ABSENT, NOT_CONFIGURED) else self._pointed(written)
        if not found:
            found = self.known.references(self.after, steps, self.address)
        self.found[steps] = found
        return found


def read(raw: Mapping[str, Any], *, name: str, source: str, origins: Origins = NOWHERE) -> Document:
    """The document of a plan. Raises `UserError` when it is incomplete or not of format 0 or 1."""
    shape = Shape(source)
    if raw.get("errored") is True:
        raise UserError(
            f"{source} cannot be judged",
            "errored: the plan stopped at an error",
            hint="make terraform plan succeed first",
        )
    root = shape.object(shape.object(raw, "configuration"), "root_module", "configuration")
    whole = Whole(shape, origins, Links(root, shape), KnownValues(), Beside(_changes(shape, raw)), {})
    links, known, kept = whole.links, whole.known, whole.kept
    removed: dict[str, Resource] = {}
    for one in _changes(shape, raw):
        address = one["address"]
        if address in kept or address in removed:
            raise UserError(
                f"{source} cannot be read",
                f"resource_changes: the address {address} is used more than once",
                hint="write it again with terraform show -json",
            )
        resource = _resource(one, whole)
        (removed if resource.actions in GONE else kept)[address] = resource
    for one in each_resource(shape, raw, "planned_values", "prior_state"):
        if one["address"] in kept or one["address"] in removed or (one["prior"] and one.get("mode") != "data"):
            continue
        sensitive = one.get("sensitive_values", {})
        change = {"actions": ["no-op"], "after": one.get("values", {}), "after_sensitive": sensitive}
        kept[one["address"]] = _resource({**one, "change": change}, whole)
    links.know(kept.values())
    known.know(kept.values())
    settings = tuple(settings_of(shape, raw, name, links))
    outputs = {
        part.name: Output(part.name, part.get("value"), part.get("sensitive") is True, part.references("value"))
        for part in settings
        if part.type == "output"
    }
    providers: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for part in settings:
        if part.type == "provider":
            providers[part.name] = (*providers.get(part.name, ()), part.values)
    return Document(
        name=name,
        kind="plan",
        source=source,
        resources=tuple(kept[address] for address in sorted(kept)),
        settings=settings,
        removed=tuple(removed[address] for address in sorted(removed)),
        outputs=outputs,
        providers=providers,
        variables=shape.object(raw, "variables"),
        notes=(f"{source}: the plan is not complete; Terraform deferred a part of it",)
        if raw.get("complete") is False
        else (),
    )


def _changes(shape: Shape, raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for position, found in enumerate(shape.list(raw, "resource_changes")):
        where = f"resource_changes[{position}]"
        one = shape.an_object(found, where)
        for key in ("address", "type", "name"):
            shape.text(one, key, where)
        if one.get("deposed") is None:
            yield one


def _resource(one: Mapping[str, Any], whole: Whole) -> Resource:
    shape, links = whole.shape, whole.links
    address = str(one["address"])
    change = shape.object(one, "change", address)
    actions = tuple(str(action) for action in shape.list(change, "actions", f"{address}.change"))
    before = None if change.get("before") is None else shape.object(change, "before", f"{address}.change")
    gone = actions in GONE
    after = before if gone else change.get("after")
    unknown = change.get("after_unknown")
    module = str(one.get("module_address") or "")
    mode: Literal["managed", "data"] = "data" if one.get("mode") == "data" else "managed"
    place = whole.origins.of(address)
    index = one.get("index")
    expressions = links.expressions(mode, str(one["type"]), str(one["name"]), module)
    values = shape.an_object({} if after is None else after, f"{address}.change.after")
    return Resource(
        address=address,
        type=str(one["type"]),
        name=str(one["name"]),
        mode=mode,
        attributes=PlanAttributes(
            type=str(one["type"]),
            module=module,
            after=whole.beside.own(str(one["type"]), values, expressions) if before is not None else values,
            unknown=unknown if isinstance(unknown, Mapping) else {},
            sensitive=change.get("before_sensitive" if gone else "after_sensitive"),
            expressions=expressions,
            links=links,
            known=whole.known,
            address=address,
            key=index,
        ),
        index=index,
        origin=place.origin,
        file=place.file,
        line=place.line,
        module=module,
        actions=actions,
        before=before,
        lookup=whole.kept.get,
    )
