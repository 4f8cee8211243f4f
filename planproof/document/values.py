"""The values an attribute can have beside plain JSON: absent, unknown, sensitive.

An `Unknown` refuses to be judged: asking it anything a rule would ask of a
value (its truth, its order, its equality with a literal, its place in a set, its items, a method)
raises `UnknownValueError`, which the engine turns into the answer "undecided".
"""

from __future__ import annotations

from enum import Enum
from typing import Any, Final, NoReturn

from msgspec import Struct


class Absent(Enum):
    """The value of an attribute that is not there."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return self.value

    def __str__(self) -> str:
        return self.value


ABSENT: Final = Absent.ABSENT


class UnknownValueError(TypeError):
    """A value was asked for a fact that only the cloud knows."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.cause)
        self.unknown = unknown


class Reference(Struct, frozen=True):
    """One place an expression points to: `aws_lb.x` and `arn`."""

    address: str
    attribute: str = ""

    def __str__(self) -> str:
        return f"{self.address}.{self.attribute}" if self.attribute else self.address


class Unknown(Struct, frozen=True, eq=False):
    """A value that is not known yet, why, and where it will come from.

    `template` is the text of a string of which a part is unknown.
    """

    cause: str
    references: tuple[Reference, ...] = ()
    template: str = ""
    path: str = ""

    def _refuse(self, *_: object) -> NoReturn:
        raise UnknownValueError(self)

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __int__ = __float__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __mod__ = _refuse

    def __eq__(self, other: object) -> bool:
        """Equal to the same unknown; whether it equals a literal cannot be told."""
        if isinstance(other, Unknown):
            return (self.cause, self.references, self.template) == (
                other.cause,
                other.references,
                other.template,
            )
        if other is None or other is ABSENT:
            return False
        raise UnknownValueError(self)

    def __hash__(self) -> int:
        """Asked for a place in a set: whether it is there cannot be told, and `in` must not say that it is not."""
        raise UnknownValueError(self)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __getattr__(self, name: str) -> Any:
        """A method of the value it will be, such as `startswith`."""
        if name.startswith("__"):
            raise AttributeError(name)
        raise UnknownValueError(self)

    def __str__(self) -> str:
        return f"(unknown: {self.cause})"


class Sensitive(Struct, frozen=True):
    """A value that no report may print. `value` is for rules that must look at it."""

    value: Any

    def __repr__(self) -> str:
        return "(sensitive)"
