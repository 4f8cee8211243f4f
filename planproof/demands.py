"""What rules demand of an attribute, with the third answer built in.

    yield from must(database, "storage_encrypted", equals=True)

yields a violation when the attribute is something else or absent, and
"undecided" with its cause when only the cloud knows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator
from typing import Any

from planproof.document import ABSENT, Resource, Sensitive, Unknown, UnknownValueError, among
from planproof.reading.outside import is_given
from planproof.rule import Outcome, Undecided, Violation

Predicate = Callable[[Any], bool]


def must(
    resource: Resource,
    path: str,
    *,
    equals: Any = ABSENT,
    one_of: Container[Any] | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    present: bool = False,
    absent: bool = False,
    filled: bool = False,
    satisfies: Predicate | None = None,
    expected: str | None = None,
    default: Any = None,
) -> Iterator[Outcome]:
    """What is wrong with an attribute; `default` is what AWS takes when it is absent.

    `filled` is `present` for a list: one that comes from outside may be empty.
    """
    value = resource.get(path, default)
    if filled and is_given(value):
        yield Undecided(path, value.cause)
        return
    if present or absent or filled:
        present = present or filled
        if (value is None) is present:
            yield Violation(path, expected or ("a value" if present else "absent"))
        return
    if isinstance(value, Unknown):
        yield Undecided(path, value.cause)
        return
    if isinstance(value, Sensitive):
        value = value.value
    predicate, wish = _demand(equals, one_of, at_least, at_most, satisfies)
    if not predicate(value):
        yield Violation(path, expected or wish)


def _demand(
    equals: Any, one_of: Any, at_least: float | None, at_most: float | None, satisfies: Predicate | None
) -> tuple[Predicate, str]:
    if equals is not ABSENT:
        return lambda value: type(value) is type(equals) and value == equals, said(equals)
    if one_of is not None:
        wishes = sorted(map(said, one_of)) if hasattr(one_of, "__iter__") else [said(one_of)]
        return lambda value: among(value, one_of), f"one of {', '.join(wishes)}"
    if at_least is not None:
        return lambda value: (number := as_number(value)) is not None and number >= at_least, f"at least {at_least}"
    if at_most is not None:
        return lambda value: (number := as_number(value)) is not None and number <= at_most, f"at most {at_most}"
    if satisfies is not None:
        return satisfies, "another value"
    raise TypeError("must() was given nothing to demand")


def said(value: Any) -> str:
    """A literal as Terraform writes it."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def as_number(value: Any) -> float | None:
    """A finite number, also when it is written as text; None for anything else. Raises `UnknownValueError`."""
    if isinstance(value, Unknown):
        raise UnknownValueError(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    try:
        number = float(value) if isinstance(value, str | float) else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def must_point_to(
    resource: Resource, path: str, target: Resource | None, *types: str, expected: str
) -> Iterator[Outcome]:
    """What is wrong with whom an attribute points to; `target` is `document.target(resource, path)`."""
    if target is not None:
        if target.type not in types:
            yield Violation(path, expected)
        return
    value = resource.get(path)
    if isinstance(value, Unknown) and (not value.references or any(map(_outside, value.references))):
        yield Undecided(path, value.cause)
    else:
        yield Violation(path, expected)


def _outside(reference: Any) -> bool:
    """Whether a reference leaves the document: a variable, a module, a data source."""
    return str(reference).partition(".")[0] in {"var", "module", "data", "local"}
