"""Values taken for the type a rule expects. What is of another type says nothing; what is unknown stays unknown.

Terraform refuses a wrong type, and planproof reads what Terraform has not seen
yet: a configuration by hand, the text of a policy. No rule may stop at it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from planproof.document.values import Sensitive, Unknown, UnknownValueError


def items(value: Any) -> Sequence[Any]:
    """The items of a list, and none of what is no list. Raises `UnknownValueError` when it is unknown."""
    value = _told(value)
    return value if isinstance(value, list | tuple) else ()


def mapping(value: Any) -> Mapping[str, Any]:
    """An object, and the empty one for what is none. Raises `UnknownValueError` when it is unknown."""
    value = _told(value)
    return value if isinstance(value, Mapping) else {}


def mappings(value: Any) -> tuple[tuple[int, Mapping[str, Any]], ...]:
    """The objects of a list with their positions. Raises `UnknownValueError` when the list or an item is unknown."""
    return tuple((n, one) for n, one in enumerate(map(_told, items(value))) if isinstance(one, Mapping))


def text(value: Any) -> str:
    """A text, and the empty one for what is none. Raises `UnknownValueError` when it is unknown."""
    value = _told(value)
    return value if isinstance(value, str) else ""


def among(value: Any, choices: Container[Any]) -> bool:
    """Whether a value is one of some; a list or an object never is. Raises `UnknownValueError` when it is unknown."""
    value = _told(value)
    return not isinstance(value, list | tuple | Mapping) and value in choices


def _told(value: Any) -> Any:
    if isinstance(value, Unknown):
        raise UnknownValueError(value)
    return value.value if isinstance(value, Sensitive) else value
