"""One place of a plan, seen in the four trees that Terraform writes side by side."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from planproof.document.links import below


class Node(Struct, frozen=True):
    """One place of a plan in its four trees: value, what is unknown, what is secret, what is written."""

    after: Any
    unknown: Any
    sensitive: Any
    written: Any

    def under(self, step: str | int) -> Node:
        """The place one step below."""
        after = self.after[step] if isinstance(step, int) else (self.after or {}).get(step)
        return Node(after, mark(self.unknown, step), mark(self.sensitive, step), below(self.written, step))


def mark(marks: Any, step: str | int) -> Any:
    """What marks of unknown or secret values say of one step below."""
    if marks is True:
        return True
    if isinstance(step, int):
        return marks[step] if isinstance(marks, list) and step < len(marks) else None
    return marks.get(step) if isinstance(marks, dict) else None
