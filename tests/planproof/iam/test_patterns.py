"""IAM patterns are compared exactly, against every text that could tell them apart."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planproof.iam.patterns import includes, intersects, matches, witness

ALPHABET = "abz"  # z is in no generated pattern: it stands for every other character
TEXTS = tuple("".join(t) for length in range(9) for t in product(ALPHABET, repeat=length))
PATTERNS = st.text("ab*?", max_size=4)


def truth(pattern: str) -> frozenset[str]:
    """Match by regular expression: another implementation than the one under test."""
    expression = re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern))
    return frozenset(text for text in TEXTS if expression.fullmatch(text))


@pytest.mark.no_cover
@pytest.mark.slow
@given(outer=PATTERNS, inner=PATTERNS)
@settings(max_examples=300, deadline=None)
def test_inclusion_agrees_with_every_short_text(outer: str, inner: str) -> None:
    """A grant is judged wider than another exactly when each of its requests is in the other."""
    assert includes(outer, inner) == (truth(inner) <= truth(outer))


@pytest.mark.no_cover
@pytest.mark.slow
@given(one=PATTERNS, other=PATTERNS)
@settings(max_examples=300, deadline=None)
def test_intersection_agrees_with_every_short_text(one: str, other: str) -> None:
    """A denial is judged to touch a grant exactly when some request is in both."""
    assert intersects(one, other) == bool(truth(one) & truth(other))


@pytest.mark.no_cover
@pytest.mark.slow
@given(inner=PATTERNS, outers=st.lists(PATTERNS, max_size=3))
@settings(max_examples=300, deadline=None)
def test_witness_is_a_shortest_request_that_escapes_all_denials(inner: str, outers: list[str]) -> None:
    """What several patterns leave open together is found, with an example that a person can read."""
    left = truth(inner).difference(*map(truth, outers))
    found = witness((inner,), outers)

    if found is None:
        assert not left
    else:
        assert matches(inner, found)
        assert not any(matches(outer, found) for outer in outers)
        assert not left or len(found) == min(map(len, left))
