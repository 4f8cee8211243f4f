"""The quirks of providers, made equal in one place.

A boolean may be written as the string "true" (AWS provider 5: for instance
`at_rest_encryption_enabled` of a replication group). Text that people choose
freely (tags, container variables, parameters) stays text.
"""

from __future__ import annotations

from typing import Any, Final

FREE_TEXT: Final = frozenset(
    {
        "comment", "default_tags", "description", "environment", "labels", "metadata", "name", "options",
        "parameter", "parameters", "tags", "tags_all", "value", "values", "variables",
    }
)  # fmt: skip
SEQUENCES: Final = frozenset({str, list, tuple})
BOOLEANS: Final = {"true": True, "false": False}


def scalar(value: Any, *, free: bool) -> Any:
    """The value as every kind of document should show it."""
    if type(value) is str and not free:
        return BOOLEANS.get(value, value)
    return value


def plain(value: Any, *, free: bool) -> Any:
    """A whole tree of which nothing is unknown or secret, as every kind of document should show it."""
    if isinstance(value, dict):
        return {key: plain(inside, free=free or key in FREE_TEXT) for key, inside in value.items()}
    if isinstance(value, list):
        return [plain(inside, free=free) for inside in value]
    return value if free or type(value) is not str else BOOLEANS.get(value, value)


def is_free(name: str) -> bool:
    """Whether strings below this attribute are people's own text."""
    return name in FREE_TEXT


def is_missing(value: Any) -> bool:
    """Whether a value says nothing: null, the empty string and the empty list."""
    return value is None or (type(value) in SEQUENCES and not value)
