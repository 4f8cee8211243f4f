"""Type checks find what they found before."""

from __future__ import annotations

import builtins  # noqa: F401 - named in annotations
import importlib.metadata
import typing
from typing import Any

import pytest
import typeguard

from fastsynth import hints


def _typecheckingstub__example() -> None:
    """Stand for a function that jsii generates; its annotations are written as jsii writes them."""


_typecheckingstub__example.__annotations__ = {
    "name": "typing.Optional[builtins.str]",
    "count": "typing.Union[builtins.int, builtins.float]",
    "tags": "typing.Optional[typing.Mapping[builtins.str, builtins.str]]",
    "owner": 'typing.Optional[typing.Union["Later", builtins.str]]',
    "flag": "builtins.bool",
}


class Later:
    """Named before it exists."""


GIVEN = ("name", "count", "tags", "owner", "flag")
VALUES: tuple[Any, ...] = (None, "text", 1, 1.5, True, {"key": "value"}, {"key": 1}, Later(), [], b"bytes")


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


def test_stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions that generated code calls are the ones above."""
    monkeypatch.setattr(typing, "get_type_hints", hints.get_type_hints)
    monkeypatch.setattr(typeguard, "check_type", hints.check_type)
    monkeypatch.setattr(hints.kernel_module, "_make_reference_for_native", hints.to_native)
    monkeypatch.setattr(importlib.metadata, "version", importlib.metadata.version)
    hints.prepare()
    assert typing.get_type_hints is hints.hints_of
    assert typeguard.check_type is hints.check
    assert importlib.metadata.version("jsii") == "1.142.0"
