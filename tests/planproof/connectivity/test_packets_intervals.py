"""Sets of numbers, on the smallest examples that could go wrong."""

from __future__ import annotations

import pytest

from planproof.connectivity.intervals import (
    ADDRESSES,
    IPV4,
    IPV4_SIZE,
    IPV6,
    IPV6_SIZE,
    NOTHING,
    Intervals,
    address,
    addresses,
    cidrs,
)


def numbers(*pairs: tuple[int, int]) -> Intervals:
    """A set of numbers."""
    return Intervals.of(*pairs)


@pytest.mark.parametrize(
    ("pairs", "parts"),
    [
        ([], ()),
        ([(3, 2)], ()),
        ([(1, 2), (4, 5)], ((1, 2), (4, 5))),
        ([(4, 5), (1, 3)], ((1, 5),)),
        ([(1, 9), (2, 3), (9, 10)], ((1, 10),)),
        ([(5, 5), (5, 5), (6, 6), (8, 8)], ((5, 6), (8, 8))),
    ],
)
def test_intervals_are_made_of_any_pairs(pairs: list[tuple[int, int]], parts: tuple[tuple[int, int], ...]) -> None:
    """What touches is one part; what is the wrong way round is nothing."""
    assert numbers(*pairs).parts == parts


@pytest.mark.parametrize(
    ("one", "other", "both", "left"),
    [
        ([(1, 5)], [(3, 9)], [(3, 5)], [(1, 2)]),
        ([(3, 9)], [(1, 5)], [(3, 5)], [(6, 9)]),
        ([(1, 5)], [(5, 9)], [(5, 5)], [(1, 4)]),
        ([(1, 5)], [(6, 9)], [], [(1, 5)]),
        ([(6, 9)], [(1, 5)], [], [(6, 9)]),
        ([(1, 9)], [(3, 5)], [(3, 5)], [(1, 2), (6, 9)]),
        ([(3, 5)], [(3, 5)], [(3, 5)], []),
        ([(3, 5)], [(3, 9)], [(3, 5)], []),
        ([(3, 5)], [(1, 5)], [(3, 5)], []),
        ([(1, 2), (5, 9)], [(2, 6), (8, 8)], [(2, 2), (5, 6), (8, 8)], [(1, 1), (7, 7), (9, 9)]),
        ([(1, 9)], [(1, 1), (9, 9)], [(1, 1), (9, 9)], [(2, 8)]),
        ([(1, 3), (5, 7)], [(3, 5)], [(3, 3), (5, 5)], [(1, 2), (6, 7)]),
        ([(4, 5), (9, 9)], [(1, 1), (3, 3), (5, 9)], [(5, 5), (9, 9)], [(4, 4)]),
        ([], [(1, 2)], [], []),
        ([(1, 2)], [], [], [(1, 2)]),
    ],
)
def test_intersection_and_difference(
    one: list[tuple[int, int]], other: list[tuple[int, int]], both: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    """To the last number, at every edge."""
    first, second = numbers(*one), numbers(*other)

    assert (first & second).parts == tuple(both)
    assert (second & first).parts == tuple(both)
    assert (first - second).parts == tuple(left)
    assert (first <= second) == (not left)
    assert (first | second) - second == first - second


def test_what_lies_inside_stays_the_same_object() -> None:
    """Questions about large networks are fast because nothing is copied that does not change."""
    small, large = numbers((3, 5)), numbers((1, 9))
    several = numbers((1, 1), (3, 3))

    assert small & large is small
    assert several & large is several
    assert several & several is several
    assert large & numbers((10, 11)) is NOTHING
    assert small <= numbers((3, 5))
    assert several <= numbers((1, 1), (3, 3))
    assert not small <= several


def test_a_number_is_in_a_set() -> None:
    """Both ends belong to it."""
    some = numbers((2, 3), (5, 5))

    assert [number in some for number in range(1, 7)] == [False, True, True, False, True, False]
    assert (bool(some), bool(NOTHING)) == (True, False)
    assert (str(some), str(NOTHING), some.lowest) == ("2-3, 5", "", 2)
    assert Intervals.one(7) == numbers((7, 7))


def test_addresses_have_their_place() -> None:
    """IPv6 begins where IPv4 ends, and nothing is beyond it."""
    assert IPV4.parts == ((0, IPV4_SIZE - 1),)
    assert IPV6.parts == ((IPV4_SIZE, IPV4_SIZE + IPV6_SIZE - 1),)
    assert ADDRESSES.parts == ((0, IPV4_SIZE + IPV6_SIZE - 1),)
    assert addresses("10.0.0.5/30", "::1/128").parts == (
        (0x0A000004, 0x0A000007),
        (IPV4_SIZE + 1, IPV4_SIZE + 1),
    )
    assert (address(IPV4_SIZE - 1), address(IPV4_SIZE), address(1)) == ("255.255.255.255", "::", "0.0.0.1")
    assert cidrs(addresses("10.0.0.0/31", "10.0.0.2/32", "::/0")) == ("10.0.0.0/31", "10.0.0.2/32", "::/0")
    with pytest.raises(ValueError, match=r"10\.0\.0"):
        addresses("10.0.0")
