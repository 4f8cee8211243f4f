"""What fastsynth says to a person: why it is off, and what stopped a synthesis."""

from __future__ import annotations

import sys
from typing import NoReturn


class UnexpectedError(Exception):
    """Something here is not as it was when fastsynth was tested; its text is the reason given."""


def note(text: str) -> None:
    """Say one line that does not stop anything."""
    print(f"fastsynth: {text}", file=sys.stderr)  # noqa: T201 - meant for stderr


def fall_back(reason: object) -> None:
    """Say in one line why CDKTF runs as if fastsynth did not exist."""
    note(f"off, plain CDKTF instead: {reason}")


def refuse(where: str, problem: str, *, hint: str) -> NoReturn:
    """Stop the program with one message instead of a traceback.

    The exception is SystemExit, so that no `except Exception` on the way up
    turns half a synthesis into a whole one.
    """
    print(f"{where}\n  {problem}\n\nhint: {hint}", file=sys.stderr)  # noqa: T201 - meant for stderr
    raise SystemExit(2)
