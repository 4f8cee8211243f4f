"""Packet sets are exact: every operation agrees with counting packets one by one."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planproof.connectivity.intervals import IPV4, IPV4_SIZE, IPV6, Intervals, address, addresses, cidrs
from planproof.connectivity.packets import EVERYTHING, NONE, Box, Packet, Packets

SMALL = 4
AXIS = st.lists(st.tuples(st.integers(0, SMALL), st.integers(0, SMALL)), max_size=3).map(
    lambda pairs: Intervals.of(*pairs)
)
BOX = st.builds(Box, AXIS, AXIS, AXIS, AXIS, AXIS)
PACKETS = st.lists(BOX, max_size=4).map(lambda boxes: Packets.of(*boxes))
UNIVERSE = [Packet(*fields) for fields in product(range(SMALL + 1), repeat=5)]
NUMBERS = st.sets(st.integers(0, 60), max_size=40)
CIDR = st.builds(
    lambda number, length: f"{address(number)}/{length}", st.integers(0, IPV4_SIZE - 1), st.integers(20, 32)
)


def as_set(packets: Packets) -> set[Packet]:
    """Every packet of the small universe that is in the set."""
    return {packet for packet in UNIVERSE if packet in packets}


def spelled(numbers: set[int]) -> Intervals:
    """Intervals made of single numbers."""
    return Intervals.of(*((number, number) for number in numbers))


@given(NUMBERS, NUMBERS)
def test_intervals_are_sets_of_numbers(left: set[int], right: set[int]) -> None:
    """Union, intersection, difference, subset and emptiness are those of Python's sets."""
    one, other = spelled(left), spelled(right)

    def members(intervals: Intervals) -> set[int]:
        return {number for number in range(61) if number in intervals}

    assert members(one | other) == left | right
    assert members(one & other) == left & right
    assert members(one - other) == left - right
    assert (one <= other) == (left <= right)
    assert bool(one) == bool(left)


@given(NUMBERS)
def test_intervals_have_one_form(numbers: set[int]) -> None:
    """Equal sets are equal values: no two parts touch, so caches and comparisons can be trusted."""
    parts = spelled(numbers).parts

    assert all(high + 1 < low for (_, high), (low, _) in pairwise(parts))
    assert Intervals.of(*reversed(parts)) == spelled(numbers)


@given(st.lists(CIDR, max_size=5))
def test_cidrs_say_the_same_addresses(blocks: list[str]) -> None:
    """Addresses written as CIDR blocks and read again are the same addresses."""
    held = addresses(*blocks)

    assert addresses(*cidrs(held)) == held


def test_both_families_share_one_axis() -> None:
    """IPv4 and IPv6 never overlap, and each is written as people write it."""
    both = addresses("10.0.0.0/15", "2001:db8::/32")

    assert cidrs(both) == ("10.0.0.0/15", "2001:db8::/32")
    assert not addresses("0.0.0.0/0") & addresses("::/0")
    assert addresses("0.0.0.0/0") == IPV4
    assert addresses("::/0") == IPV6


@pytest.mark.no_cover
@settings(max_examples=60, deadline=None)
@given(PACKETS, PACKETS)
def test_packet_sets_are_sets_of_packets(left: Packets, right: Packets) -> None:
    """The three operations agree with brute force over every packet of a small universe."""
    one, other = as_set(left), as_set(right)

    assert as_set(left | right) == one | other
    assert as_set(left & right) == one & other
    assert as_set(left - right) == one - other
    assert (left <= right) == (one <= other)
    assert left.same_as(right) == (one == other)
    assert bool(left - right) == bool(one - other)


@settings(max_examples=60, deadline=None)
@given(PACKETS)
def test_merging_changes_no_packet(packets: Packets) -> None:
    """The short form that reports print holds exactly the same packets."""
    short = packets.merged()

    assert as_set(short) == as_set(packets)
    assert len(short.boxes) <= len(packets.boxes)


@settings(max_examples=60, deadline=None)
@given(PACKETS)
def test_witness_is_a_packet_of_the_set(packets: Packets) -> None:
    """A witness is never invented: it is in the set, and so is its answer in the answers."""
    if not packets:
        assert packets.same_as(NONE)
        return
    witness = packets.witness()

    assert witness in packets
    assert witness.reply() in packets.reply()
    assert witness.reply().reply() == witness


def test_packet_reads_as_a_packet() -> None:
    """A witness is printed so that it can be typed into a test of one's own."""
    packet = Packet(6, addresses("10.0.1.4/32").lowest, 32_768, addresses("2001:db8::1/128").lowest, 443)

    assert str(packet) == "tcp 10.0.1.4:32768 -> 2001:db8::1:443"


WIDE = st.sampled_from([Box(), Box(port=addresses("0.0.0.2/31")), Box(source=IPV4, destination=IPV4), Box(source=IPV6)])


@pytest.mark.no_cover
@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PACKETS, WIDE)
def test_wide_boxes_cut_like_any_other(packets: Packets, wide: Box) -> None:
    """An axis that is left whole is passed over quickly, and what it cuts off is none the less exact."""
    assert as_set(packets & Packets.of(wide)) == as_set(packets) & as_set(Packets.of(wide))


@settings(max_examples=60, deadline=None)
@given(PACKETS, PACKETS)
def test_what_lies_inside_is_not_copied(left: Packets, right: Packets) -> None:
    """Paths are proved by handing the same packets from filter to filter: nothing lost is nothing made."""
    assert left & EVERYTHING is left
    assert left & left is left
    shared = left & right
    assert (left & right) & right == shared
    if all(any(mine <= theirs for theirs in right.boxes) for mine in left.boxes):
        assert shared is left
