"""Type checks of jsii's generated functions, without work that cannot find anything.

Generated code resolves the type hints of a function on every call, and has
every argument checked against them, also those that were left out. Here a
hint is resolved once, and only when a value is there to be checked. A value
that is plainly right is accepted at once; every other one goes to the check
that jsii would have made.
"""

from __future__ import annotations

import functools
import importlib.metadata
import typing
from dataclasses import dataclass
from types import FunctionType
from typing import Any, Final

import jsii._kernel
from jsii._runtime import JSIIMeta

from fastsynth import guard

STUB: Final = "_typecheckingstub__"
PLAIN: Final = (str, bool, int, float, type(None))
get_type_hints: Final = typing.get_type_hints
typeguard: Final = guard.imported()
check_type: Final = typeguard.check_type
known: Final[dict[Any, dict[str, Hint]]] = {}
resolved: Final[dict[tuple[int, Any], Accepted]] = {}
kernel_module: Final[Any] = jsii._kernel  # noqa: SLF001 - there is no public way
to_native: Final = kernel_module._make_reference_for_native  # noqa: SLF001 - likewise
find_overrides: Final = kernel_module._get_overides  # noqa: SLF001 - likewise, and jsii's spelling


@dataclass(frozen=True)
class Accepted:
    """A type, and which values are right for it without further looking."""

    type: Any
    plain: frozenset[type]
    """The very classes of texts, numbers and switches."""
    classes: tuple[type, ...]
    """Generated classes, and those derived from them."""
    texts: bool
    """Whether a list of nothing but texts is right."""
    mapped_texts: bool
    """Whether a dict of nothing but texts is right."""

    def plainly(self, value: Any) -> bool:
        """Whether the value is one of those."""
        kind = type(value)
        if kind in self.plain:
            return True
        if kind is list:
            return self.texts and all(type(item) is str for item in value)
        if kind is dict:
            return self.mapped_texts and all(type(key) is type(item) is str for key, item in value.items())
        return isinstance(value, self.classes)


class Hint:
    """The type of one argument, as text until it is needed."""

    __slots__ = ("_function", "_text", "accepted", "optional")

    def __init__(self, function: Any, annotation: Any) -> None:
        self._function = function
        self._text = annotation
        self.optional = isinstance(annotation, str) and annotation.startswith("typing.Optional[")
        self.accepted: Accepted | None = None

    def resolve(self) -> Accepted:
        """Find the type."""
        key = (id(self._function.__globals__), self._text)
        if key not in resolved:
            alone = FunctionType(self._function.__code__, self._function.__globals__)
            alone.__annotations__ = {"it": self._text}
            found = get_type_hints(alone)["it"]
            resolved[key] = accepted_by(found)
        self.accepted = resolved[key]
        return self.accepted


def accepted_by(found: Any) -> Accepted:
    """Find out what is plainly right: typeguard accepts what any member of a union accepts."""
    choices = typing.get_args(found) if typing.get_origin(found) is typing.Union else (found,)
    return Accepted(
        type=found,
        plain=frozenset(choice for choice in choices if choice in PLAIN),
        classes=tuple(one for one in choices if type(one) is JSIIMeta and not getattr(one, "_is_protocol", False)),
        texts=typing.Sequence[str] in choices,
        mapped_texts=typing.Mapping[str, str] in choices,
    )


def hints_of(obj: Any, *args: Any, **kwargs: Any) -> Any:
    """Answer as typing.get_type_hints does, but for generated functions with what `check` understands."""
    if args or kwargs or not getattr(obj, "__name__", "").startswith(STUB):
        return get_type_hints(obj, *args, **kwargs)
    hints = known.get(obj)
    if hints is None:
        hints = known[obj] = {name: Hint(obj, text) for name, text in obj.__annotations__.items()}
    return hints


def check(argname: str, value: Any, expected_type: Any, *args: Any, **kwargs: Any) -> Any:
    """Check as typeguard does."""
    if type(expected_type) is Hint:
        if value is None and expected_type.optional:
            return None
        accepted = expected_type.accepted or expected_type.resolve()
        if accepted.plainly(value):
            return None
        expected_type = accepted.type
    guard.meet_mocks(typeguard)
    return check_type(argname, value, expected_type, *args, **kwargs)


def to_reference(kernel: Any, value: Any) -> Any:
    """Prepare a value for a request as jsii does.

    Plain values are what they are. Of a struct only what is set is said: jsii
    would name everything else too, as null, which its kernel takes for absent.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is list:
        return [to_reference(kernel, item) for item in value]
    names = kind.__dict__.get("__jsii_name_mapping__")
    if names is not None and type(values := getattr(value, "_values", None)) is dict:
        data = {theirs: to_reference(kernel, getattr(value, ours)) for ours, theirs in names.items() if ours in values}
        if len(data) == len(values):
            return {"$jsii.struct": {"fqn": kind.__jsii_type__, "data": data}}
    return to_native(kernel, value)


def overrides_of(klass: Any, obj: Any) -> list[Any]:
    """Find what a class of the program overrides, as jsii does; a generated class overrides nothing."""
    if getattr(type(obj), "__jsii_declared_type__", None) is not None:
        return []
    return list(find_overrides(klass, obj))


def prepare() -> None:
    """Stand in for the functions that generated code and jsii call."""
    typing.get_type_hints = hints_of
    typeguard.check_type = check
    kernel_module._make_reference_for_native = to_reference  # noqa: SLF001 - there is no public way
    kernel_module._get_overides = overrides_of  # noqa: SLF001 - likewise
    importlib.metadata.version = functools.cache(importlib.metadata.version)  # each namespace asks for the same
