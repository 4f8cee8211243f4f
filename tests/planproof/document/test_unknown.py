"""The three special values say exactly what they are."""

from __future__ import annotations

import pytest

from planproof.document import ABSENT, Reference, Sensitive, Unknown, UnknownValueError

PLACE = Reference("aws_lb.x", "arn")


def test_they_print_as_a_reader_understands() -> None:
    """What a report shows of them."""
    assert str(ABSENT) == repr(ABSENT) == "absent"
    assert str(Unknown("later")) == "(unknown: later)"
    assert repr(Sensitive("hunter2")) == "(sensitive)"
    assert str(Sensitive("hunter2")) == "(sensitive)"
    assert (str(PLACE), str(Reference("aws_lb.x"))) == ("aws_lb.x.arn", "aws_lb.x")


def test_an_unknown_is_equal_to_itself_only() -> None:
    """Cause, references and template make it; where it was read from does not."""
    one = Unknown("later", (PLACE,), "a${x}")

    assert one == Unknown("later", (PLACE,), "a${x}", "some.path")
    for other in (Unknown("never", (PLACE,), "a${x}"), Unknown("later", (), "a${x}"), Unknown("later", (PLACE,), "b")):
        assert one != other
    assert one != None  # noqa: E711 - rules written by others may ask like this
    assert one != ABSENT


def test_an_error_of_an_unknown_holds_it() -> None:
    """The engine tells the cause, and reads the path from the value."""
    one = Unknown("later", path="a.b")
    for ask in (lambda: one == "x", lambda: one.lower, lambda: one + "x", lambda: int(one), lambda: one <= 3):
        with pytest.raises(UnknownValueError, match=r"^later$") as told:
            ask()
        assert told.value.unknown is one


def test_what_python_itself_asks_is_answered() -> None:
    """Copying and pickling look for special methods: those are not there, which is no question about the value."""
    assert not hasattr(Unknown("later"), "__deepcopy__")
    assert getattr(Unknown("later"), "__array__", "none") == "none"
