"""Type checks find what they found before."""

from __future__ import annotations

import builtins  # noqa: F401 - named in annotations
import importlib.metadata
import typing
from typing import Any

import jsii
import pytest
import typeguard
from jsii._runtime import JSIIMeta

from fastsynth import hints


def _typecheckingstub__example() -> None:
    """Stand for a function that jsii generates; its annotations are written as jsii writes them."""


_typecheckingstub__example.__annotations__ = {
    "name": "typing.Optional[builtins.str]",
    "count": "typing.Union[builtins.int, builtins.float]",
    "tags": "typing.Optional[typing.Mapping[builtins.str, builtins.str]]",
    "owner": 'typing.Optional[typing.Union["Later", builtins.str]]',
    "flag": "builtins.bool",
    "list": "typing.Optional[typing.Sequence[builtins.str]]",
    "scope": "Made",
    "any": "typing.Union[Made, typing.Sequence[builtins.str], typing.Mapping[builtins.str, builtins.str]]",
}


class Later:
    """Named before it exists."""


class Made(metaclass=JSIIMeta, jsii_type="hints.Made"):
    """Stands for a class that jsii generates."""


class Derived(Made):
    """What a program makes of it."""


@jsii.data_type(jsii_type="hints.Given", jsii_struct_bases=[], name_mapping={"first_name": "firstName", "age": "age"})
class Given:
    """Stands for a struct that jsii generates."""

    def __init__(self, **values: Any) -> None:
        self._values = values

    @property
    def first_name(self) -> Any:
        """A text, or another struct."""
        return self._values.get("first_name")

    @property
    def age(self) -> Any:
        """Left out by most."""
        return self._values.get("age")


GIVEN = tuple(_typecheckingstub__example.__annotations__)
VALUES: tuple[Any, ...] = (
    None,
    "text",
    1,
    1.5,
    True,
    {"key": "value"},
    {"key": 1},
    {1: "value"},
    Later(),
    [],
    ["text"],
    ["text", 1],
    [["text"]],
    ("text",),
    b"bytes",
    object.__new__(Made),
    object.__new__(Derived),
)


def outcome(check: Any, value: Any, expected: Any) -> str:
    """Return what the check says."""
    try:
        check("argument it", value, expected)
    except TypeError as error:
        return str(error)
    return "right"


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", GIVEN)
def test_same_verdict(name: str, value: Any) -> None:
    """Whatever the value, the verdict and its words are typeguard's."""
    plain = hints.get_type_hints(_typecheckingstub__example)[name]
    fast = hints.hints_of(_typecheckingstub__example)[name]
    expected = outcome(hints.check_type, value, plain)
    assert outcome(hints.check, value, fast) == expected
    assert outcome(hints.check, value, fast) == expected, "the second time too"
    assert outcome(hints.check, value, plain) == expected, "and with an ordinary type"


def test_hints_are_made_once() -> None:
    """Generated code asks on every call."""
    assert hints.hints_of(_typecheckingstub__example) is hints.hints_of(_typecheckingstub__example)


def test_other_functions() -> None:
    """Whoever else asks gets what Python gives."""
    assert hints.hints_of(outcome) == hints.get_type_hints(outcome)
    extras = hints.hints_of(_typecheckingstub__example, include_extras=True)
    assert extras == hints.get_type_hints(_typecheckingstub__example, include_extras=True)


def test_values_for_requests() -> None:
    """Plain values stay; anything else is jsii's to prepare."""
    assert hints.to_reference(None, "text") == "text"
    assert hints.to_reference(None, {"key": 1}) == {"$jsii.map": {"key": 1}}
    assert hints.to_reference(None, [1, {"key": [2]}]) == [1, {"$jsii.map": {"key": [2]}}]


def test_structs_for_requests() -> None:
    """A struct says what is set; what jsii adds to that is null, which the kernel drops."""
    value = Given(first_name=[Given(age=1)])
    ours = hints.to_reference(None, value)
    assert ours == {
        "$jsii.struct": {
            "fqn": "hints.Given",
            "data": {"firstName": [{"$jsii.struct": {"fqn": "hints.Given", "data": {"age": 1}}}]},
        }
    }

    def without_null(said: Any) -> Any:
        if isinstance(said, dict):
            return {key: without_null(inner) for key, inner in said.items() if inner is not None}
        return [without_null(inner) for inner in said] if isinstance(said, list) else said

    assert without_null(hints.to_native(None, value)) == ours


def test_structs_that_are_not_as_generated() -> None:
    """A program's own kind of struct, and one with a value under another name, are jsii's to prepare."""

    class Own(Given):
        @property
        def age(self) -> Any:
            """Not what was given."""
            return 7

    for value in (Own(first_name="name"), Given(first_name="name", other="more")):
        assert hints.to_reference(None, value) == hints.to_native(None, value)
    assert hints.to_reference(None, Own())["$jsii.struct"]["data"]["age"] == 7


def test_overrides() -> None:
    """A generated class overrides nothing; a program's own is looked through by jsii."""
    made, derived = object.__new__(Made), object.__new__(Derived)
    assert hints.overrides_of(Made, made) == hints.find_overrides(Made, made) == []
    assert hints.overrides_of(Made, derived) == hints.find_overrides(Made, derived)


def test_stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions that generated code calls are the ones above."""
    monkeypatch.setattr(typing, "get_type_hints", hints.get_type_hints)
    monkeypatch.setattr(typeguard, "check_type", hints.check_type)
    monkeypatch.setattr(hints.kernel_module, "_make_reference_for_native", hints.to_native)
    monkeypatch.setattr(hints.kernel_module, "_get_overides", hints.find_overrides)
    monkeypatch.setattr(importlib.metadata, "version", importlib.metadata.version)
    hints.prepare()
    assert typing.get_type_hints is hints.hints_of
    assert typeguard.check_type is hints.check
    assert importlib.metadata.version("jsii") == "1.142.0"
