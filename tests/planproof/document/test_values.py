"""Absent and unknown are values of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planproof.document import ABSENT, Unknown, UnknownValueError


def test_unknown_refuses_to_be_judged() -> None:
    """A rule that forgets the third answer gets an error that the engine turns into it, never a wrong verdict."""
    unknown = Unknown("later")
    questions: tuple[Callable[[], object], ...] = (
        lambda: bool(unknown),
        lambda: unknown == "x",
        lambda: unknown != "x",
        lambda: unknown > 1,
        lambda: len(unknown),
        lambda: list(unknown),
        lambda: "x" in unknown,
        lambda: unknown in ("x", "y"),
        lambda: unknown in {"x", "y"},
        lambda: unknown.startswith("arn:"),
        lambda: unknown["key"],
    )
    for question in questions:
        with pytest.raises(UnknownValueError, match="later"):
            question()
    assert unknown == Unknown("later")
    assert unknown is not None


def test_absent_is_one_thing() -> None:
    """The marker prints as a word that a reader understands."""
    assert repr(ABSENT) == "absent"
