"""Patterns on the smallest examples that could go wrong, each way of deciding on its own."""

from __future__ import annotations

import pytest

from planproof.iam.patterns import (
    OTHER,
    automaton,
    includes,
    includes_action,
    intersects,
    intersects_action,
    literal_start,
    matches,
    witness,
)


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("", "", True),
        ("", "a", False),
        ("a", "a", True),
        ("a", "ab", False),
        ("ab", "a", False),
        ("a*", "a", True),
        ("a*", "abc", True),
        ("a*", "ba", False),
        ("*", "", True),
        ("*a", "ba", True),
        ("*a", "ab", False),
        ("a?", "ab", True),
        ("a?", "a", False),
        ("a?", "abc", False),
        ("?", "", False),
        ("a*c", "ac", True),
        ("a*c", "abcbc", True),
        ("a*c", "abcb", False),
        ("a*b*c", "axbxc", True),
        ("a*b*c", "axcxb", False),
        ("aba", "aba", True),
        ("*aa", "aaa", True),
        ("*?a", "a", False),
        ("*?a", "aa", True),
        ("a?c*", "abcd", True),
        ("a?c*", "abd", False),
        ("a", "*", False),
        ("a**b", "ab", True),
    ],
)
def test_a_text_matches(pattern: str, text: str, answer: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    """Whole texts only, letter by letter."""
    assert matches(pattern, text) is answer


@pytest.mark.parametrize(("pattern", "start"), [("", ""), ("a", "a"), ("a*b", "a"), ("ab?c*", "ab"), ("*a", "")])
def test_the_start_of_a_pattern(pattern: str, start: str) -> None:
    """What every text of it begins with."""
    assert literal_start(pattern) == start


@pytest.mark.parametrize(
    ("outer", "inner", "answer"),
    [
        ("*", "", True),
        ("", "*", False),
        ("a", "a", True),
        ("a*", "a*", True),
        ("a*", "ab*", True),
        ("ab*", "a*", False),
        ("a?", "ab", True),
        ("a?", "a*", False),
        ("*abc", "?abc", True),
        ("*?", "?*", True),
        ("?*", "*?", True),
        ("*a*", "*a", True),
        ("*a", "*a*", False),
        ("*b", "a*b", True),
        ("a*b", "*b", False),
        ("a*a", "a", False),
        (("a*", "b*"), "?*", False),
        (("a*", "b*"), "a?", True),
        (("a", "b"), "b", True),
        (("a", "b"), "?", False),
        (("", "?*"), "*", True),
        (("a?", "?a", "??"), "?a", True),
        (("x*", "a*b", "a*"), "a*c", True),
        ((), "a*", False),
        ((), "a", False),
    ],
)
def test_a_pattern_includes_another(outer: str | tuple[str, ...], inner: str, answer: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    """A grant that is not covered by any pattern is not covered."""
    assert includes(outer, inner) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("*", "", True),
        ("", "*", True),
        ("a", "a", True),
        ("a", "b", False),
        ("a*", "*b", True),
        ("a*", "b*", False),
        ("*a", "*b", False),
        ("a?", "?b", True),
        ("a?", "?", False),
        ("?", "??", False),
        ("a*", "a", True),
        ("a", "a*", True),
        ("ab", "a?", True),
        ("a?", "ab", True),
        ("a?", "abc", False),
        ("*a*", "*b*", True),
        ("a*c", "ab?", True),
        ("xa*c", "xab?", True),
        ("x?", "xy?", False),
        ("*abc", "?abc", True),
        ("a*abc", "ab?bc", True),
    ],
)
def test_patterns_meet(one: str, other: str, answer: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    """The same answer from both sides."""
    assert intersects(one, other) is answer
    assert intersects(other, one) is answer


@pytest.mark.parametrize(
    ("matching", "avoiding", "found"),
    [
        (["a"], [], "a"),
        (["*"], [], ""),
        (["?*"], [], OTHER),
        (["*"], [""], OTHER),
        (["a*", "*b"], [], "ab"),
        (["a*"], ["a"], "a" + OTHER),
        (["a*"], ["a", "a" + OTHER], "aa"),
        (["?"], ["a", "b"], OTHER),
        (["??"], ["?a", OTHER + "?"], "a" + OTHER),
        (["a", "b"], [], None),
        (["a?"], ["a*"], None),
        (["*"], ["", "?", "??*"], None),
        (["*a*", "*b*"], ["ab", "ba"], "aab"),
        ([], [], ""),
        (["~"], [], "~"),
        (["?"], ["~"], "\ue000"),
    ],
)
def test_a_witness_is_a_shortest_text(matching: list[str], avoiding: list[str], found: str | None) -> None:
    """With a letter of its own for whatever no pattern names."""
    said = witness(matching, avoiding)

    assert said == found or (said is not None and found is not None and len(said) == len(found))
    if said is not None:
        assert all(matches(pattern, said) for pattern in matching)
        assert not any(matches(pattern, said) for pattern in avoiding)
    assert (said is None) == (found is None)


def test_an_automaton_is_made_of_bits() -> None:
    """Letters that stand twice share their bits; stars stay; the last bit accepts."""
    made = automaton("a*b?a")

    assert (dict(made.steps), made.any_step, made.loops, made.accept) == (
        {"a": 0b1001, "b": 0b10},
        0b100,
        0b10,
        0b10000,
    )
    assert (made.after(1, "a"), made.after(1, "b"), made.after(0b10, "b"), made.after(0b10, "x")) == (
        0b10,
        0,
        0b110,
        0b10,
    )
    assert automaton("a*b*").after(0b110, "b") == 0b100


def test_several_patterns_may_cover_what_none_covers_alone() -> None:
    """Names of one letter and names of another length together are all names."""
    assert includes(("", "?", "??*"), "*")
    assert not includes(("", "?", "???*"), "*")


@pytest.mark.parametrize(
    ("outer", "inner", "answer"),
    [
        ("S3:get*", "s3:GetObject", True),
        ("s3:Get*", "s3:GetObject*", True),
        ("s3:GetObject", "s3:Get*", False),
        ("s3:*Object", "s3:Get*", False),
        ("iam:Pass?ole", "IAM:PASSROLE", True),
    ],
)
def test_actions_have_no_case(outer: str, inner: str, *, answer: bool) -> None:
    """IAM compares action names without case, so a differently written grant is the same grant."""
    assert includes_action(outer, inner) is answer


def test_intersection_of_actions_has_no_case() -> None:
    """A denial written in capitals still denies."""
    assert intersects_action("IAM:*ROLE", "iam:Pass*")
    assert not intersects_action("IAM:*USER", "iam:PassRole")


def test_hostile_pattern_does_not_explode() -> None:
    """A long run of `?` behind a `*` is decided at once: a policy cannot hang the gate."""
    assert includes("*a" + "?" * 60, "*ab" + "?" * 59)
    assert not includes("*a" + "?" * 60, "*b" + "?" * 60)
