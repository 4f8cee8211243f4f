"""How a mistake is told to the person who can put it right."""

from __future__ import annotations


class UserError(Exception):
    """Something the reader of the message can put right.

    A message says where and what, one line for each problem with the value
    that was found, then a blank line and a hint that is a next step.
    """

    def __init__(self, where: str, *problems: str, hint: str) -> None:
        super().__init__("\n".join([where, *(f"  {problem}" for problem in problems), "", f"hint: {hint}"]))
