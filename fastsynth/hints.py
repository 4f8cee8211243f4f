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
from types import FunctionType
from typing import Any, Final

import jsii._kernel
import typeguard

STUB: Final = "_typecheckingstub__"
PLAIN: Final = (str, bool, int, float, type(None))
get_type_hints: Final = typing.get_type_hints
check_type: Final = typeguard.check_type
known: Final[dict[Any, dict[str, Hint]]] = {}
resolved: Final[dict[tuple[int, Any], tuple[Any, frozenset[type]]]] = {}
kernel_module: Final[Any] = jsii._kernel  # noqa: SLF001 - there is no public way
to_native: Final = kernel_module._make_reference_for_native  # noqa: SLF001 - likewise


class Hint:
    """The type of one argument, as text until it is needed."""

    __slots__ = ("_function", "_text", "accepts", "optional", "type")

    def __init__(self, function: Any, annotation: Any) -> None:
        self._function = function
        self._text = annotation
        self.optional = isinstance(annotation, str) and annotation.startswith("typing.Optional[")
        self.type: Any = None
        self.accepts: frozenset[type] = frozenset()

    def resolve(self) -> None:
        """Find the type, and which classes of values are right without further looking."""
        key = (id(self._function.__globals__), self._text)
        if key not in resolved:
            alone = FunctionType(self._function.__code__, self._function.__globals__)
            alone.__annotations__ = {"it": self._text}
            found = get_type_hints(alone)["it"]
            choices = typing.get_args(found) if typing.get_origin(found) is typing.Union else (found,)
            resolved[key] = found, frozenset(choice for choice in choices if choice in PLAIN)
        self.type, self.accepts = resolved[key]


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
        if expected_type.type is None:
            expected_type.resolve()
        if type(value) in expected_type.accepts:
            return None
        expected_type = expected_type.type
    return check_type(argname, value, expected_type, *args, **kwargs)


def to_reference(kernel: Any, value: Any) -> Any:
    """Prepare a value for a request as jsii does; plain values are what they are."""
    return value if type(value) in PLAIN else to_native(kernel, value)


def prepare() -> None:
    """Stand in for the functions that generated code and jsii call."""
    typing.get_type_hints = hints_of
    typeguard.check_type = check
    kernel_module._make_reference_for_native = to_reference  # noqa: SLF001 - there is no public way
    importlib.metadata.version = functools.cache(importlib.metadata.version)  # each namespace asks for the same
