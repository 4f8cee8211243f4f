"""Every fault of a JSON text is told by line and column, for whoever has to find it in a file of thousands of lines."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from planproof.document import decode
from planproof.document.decoding import DEEPEST
from planproof.errors import UserError

VALUES = '"data": {"aws_ami": {"x": {"filter": {"values": [1.5e3]}}}}'
CHANGE = '{"format_version": "1.2", "resource_changes": [{"change": {"after": {"a{": "}", "a{": 2}}}]}'
FAULTS = {
    "key": ('{"resource": {\n "aws_vpc": {\n  "main": {},\n  "main": {}}}}', "line 4, column 3: the key 'main'"),
    "key beside a key of plans": (
        '{"resource": {"aws_vpc": {"main": {}, "main": {}}}, ' + VALUES + "}",
        "line 1, column 39: the key 'main'",
    ),
    "key in a plan": (CHANGE, "line 1, column 81: the key 'a{'"),
    "section of a plan": (
        '{"format_version": "1.2", "resource_changes": [{}],\n"resource_changes": []}',
        "line 2, column 1: the key 'resource_changes'",
    ),
    "key written in two ways": ('{"a": 1, "\\u0061": 2}', "line 1, column 10: the key 'a'"),
    "word": ('{"NaN": "NaN",\n "a": [1, NaN]}', "line 2, column 11: NaN is not JSON"),
    "other word": ('{"a": -Infinity}', "line 1, column 7: -Infinity is not JSON"),
    "number": ('{"a": 1.' + "1" * 5000 + ',\n"b": -' + "1" * 5000 + "}", "line 2, column 7: a number of 5000 digits"),
    "nesting": (
        '{"a[[[": "' + "[" * 200 + '",\n"b": ' + "[" * 200,
        f"line 2, column {5 + DEEPEST}: nested deeper than",
    ),
    "half of a text": ('{"a": ["b', "line 1, column 8: Unterminated string starting at; the file ends early"),
    "half of a file": ('{"a": [\n1,', "line 2, column 3: Expecting value; the file ends early"),
}


@pytest.mark.parametrize(("text", "place"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(text: str, place: str) -> None:
    """A plan is one line of megabytes: without the column nobody finds what is meant."""
    with pytest.raises(UserError) as refused:
        decode(text.encode(), "staging.json")

    assert f"\n  {place}" in str(refused.value)


@pytest.mark.parametrize("brackets", ["[" * DEEPEST + "]" * DEEPEST, '{"a": "' + "[{" * 500 + '"}'])
def test_brackets_in_texts_and_up_to_the_limit_are_read(brackets: str) -> None:
    """A policy or a template in a text may hold any number of brackets."""
    assert decode(brackets.encode(), "staging.json")


def test_the_search_ends_at_the_limit() -> None:
    """Of brackets without end only the first hundred are looked at: a bad file must not keep the gate busy."""
    calls = 0

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        with pytest.raises(UserError, match=f"line 1, column {DEEPEST + 1}: nested"):
            decode(b"[" * 100_000, "staging.json")
    finally:
        sys.setprofile(None)

    assert calls < 10_000
