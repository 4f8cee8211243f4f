"""Each operation on boxes and packet sets, on the smallest examples that could go wrong."""

from __future__ import annotations

import pytest

from planproof.connectivity.intervals import IPV4, IPV4_SIZE, IPV6, NOTHING, Intervals
from planproof.connectivity.packets import (
    EVERYTHING,
    NO_PACKET,
    NONE,
    PORTS,
    PROTOCOLS,
    SAME_FAMILY,
    TCP,
    UDP,
    Box,
    Packet,
    Packets,
    described,
    typical,
)


def numbers(*pairs: tuple[int, int]) -> Intervals:
    """A set of numbers."""
    return Intervals.of(*pairs)


def ports(*pairs: tuple[int, int]) -> Box:
    """TCP to these ports."""
    return Box(protocol=TCP, port=numbers(*pairs))


AXES = ("protocol", "source", "source_port", "destination", "port")


@pytest.mark.parametrize("axis", AXES)
def test_boxes_meet_on_every_axis(axis: str) -> None:
    """A box that is narrower on one axis is inside; one that is apart on one axis shares no packet."""
    whole, inner, outer, apart = Box(), numbers((2, 5)), numbers((1, 9)), numbers((7, 9))
    small, large, other = (Box(**{axis: found}) for found in (inner, outer, apart))

    assert whole & small == small
    assert small & whole is small
    assert small & large is small
    assert large & small == small
    assert small & other is NO_PACKET
    assert (small <= large, large <= small, small <= other) == (True, False, False)
    assert small.minus(other) == [small]
    assert small.minus(large) == []
    assert [getattr(one, axis) for one in large.minus(small)] == [numbers((1, 1), (6, 9))]
    assert not Box(**{axis: NOTHING})
    assert bool(small)


def test_a_difference_of_boxes_is_cut_axis_by_axis() -> None:
    """The pieces share no packet, and together with what was taken are the whole."""
    large = Box(protocol=TCP, source=numbers((1, 4)), port=numbers((1, 4)))
    small = Box(protocol=TCP, source=numbers((2, 2)), port=numbers((3, 3)))
    first, second = large.minus(small)

    assert first == Box(protocol=TCP, source=numbers((1, 1), (3, 4)), port=numbers((1, 4)))
    assert second == Box(protocol=TCP, source=numbers((2, 2)), port=numbers((1, 2), (4, 4)))


def test_an_answer_goes_back() -> None:
    """Addresses and ports change places, the protocol stays."""
    box = Box(TCP, numbers((1, 1)), numbers((2, 2)), numbers((3, 3)), numbers((4, 4)))
    packet = Packet(6, 1, 2, 3, 4)

    assert box.reply() == Box(TCP, numbers((3, 3)), numbers((4, 4)), numbers((1, 1)), numbers((2, 2)))
    assert packet.reply() == Packet(6, 3, 4, 1, 2)
    assert Packets.of(box).reply() == Packets.of(box.reply())
    assert (packet in Packets.of(box), packet.reply() in Packets.of(box)) == (True, False)


@pytest.mark.parametrize(
    ("packet", "text"),
    [
        (Packet(6, 1, 2, 3, 4), "tcp 0.0.0.1:2 -> 0.0.0.3:4"),
        (Packet(17, 1, 2, 3, 4), "udp 0.0.0.1:2 -> 0.0.0.3:4"),
        (Packet(1, 1, 2, 3, 4), "icmp 0.0.0.1 -> 0.0.0.3"),
        (Packet(58, IPV4_SIZE + 1, 2, IPV4_SIZE, 4), "icmpv6 ::1 -> ::"),
        (Packet(50, 1, 2, 3, 4), "protocol 50 0.0.0.1 -> 0.0.0.3"),
    ],
)
def test_a_packet_is_written(packet: Packet, text: str) -> None:
    """Ports only where there are any; the name of a protocol that has one."""
    assert str(packet) == text


def test_sets_leave_out_what_is_inside() -> None:
    """A set is as short as its widest boxes."""
    small, large, other = ports((2, 3)), ports((1, 9)), ports((20, 20))

    assert Packets.of(small, large).boxes == (large,)
    assert Packets.of(large, small).boxes == (large,)
    assert Packets.of(small, other, large).boxes == (other, large)
    assert Packets.of(NO_PACKET) is NONE
    assert Packets.of(NO_PACKET, other).boxes == (other,)
    assert Packets.of().boxes == ()
    assert Packets.union(Packets.of(small), Packets.of(other)).boxes == (small, other)
    assert Packets.union(Packets.of(small)).boxes == (small,)
    assert Packets.union() == NONE
    assert (Packets.of(small) | Packets.of(large)).boxes == (large,)
    assert (Packets.of(small) | Packets.of(other)).boxes == (small, other)


def test_sets_meet() -> None:
    """The very set when it lies inside; each pair of boxes else."""
    some = Packets.of(ports((1, 3)), ports((7, 9)))

    assert some & some is some
    assert some & EVERYTHING is some
    assert some & Packets.of(ports((0, 4)), ports((6, 20))) is some
    assert (some & Packets.of(ports((2, 8)))).boxes == (ports((2, 3)), ports((7, 8)))
    assert (some & Packets.of(ports((2, 2)), ports((8, 20)))).boxes == (ports((2, 2)), ports((8, 9)))
    assert (some & Packets.of(Box(protocol=UDP))).boxes == ()
    assert some & Packets.of(ports((0, 4))) == Packets.of(ports((1, 3)))


def test_sets_are_taken_from_sets() -> None:
    """Nothing is left of a set less itself; what is apart stays."""
    some = Packets.of(ports((1, 3)), ports((7, 9)))

    assert some - some is NONE
    assert some - EVERYTHING is NONE
    assert (some - Packets.of(ports((0, 4)))).boxes == (ports((7, 9)),)
    assert (some - Packets.of(ports((2, 2)), ports((8, 8)))).boxes == (ports((1, 1), (3, 3)), ports((7, 7), (9, 9)))
    assert (some - Packets.of(Box(protocol=UDP))).same_as(some)
    assert some <= EVERYTHING
    assert not some >= EVERYTHING
    assert some.same_as(Packets.of(ports((1, 3), (7, 9))))
    assert not some.same_as(EVERYTHING)
    assert not EVERYTHING.same_as(some)


def test_who_sends_who_gets_and_what() -> None:
    """A set is told by its addresses and services, those of all its boxes."""
    some = Packets.of(
        Box(protocol=numbers((6, 7)), source=numbers((1, 2)), destination=numbers((5, 5)), port=numbers((80, 80))),
        Box(protocol=TCP, source=numbers((3, 3)), destination=numbers((9, 9)), port=numbers((443, 443))),
    )

    assert some.sources() == numbers((1, 3))
    assert some.destinations() == numbers((5, 5), (9, 9))
    assert some.services() == ((6, numbers((80, 80), (443, 443))), (7, numbers((80, 80))))
    assert NONE.services() == ()


def test_boxes_that_differ_on_one_axis_become_one() -> None:
    """A reader sees one line for what is one line."""
    some = Packets((ports((5, 9)), ports((1, 4)), Box(protocol=UDP, port=numbers((1, 9)))))

    assert some.merged() == Packets((Box(protocol=numbers((6, 6), (17, 17)), port=numbers((1, 9))),))
    apart = Packets((Box(protocol=UDP, port=numbers((1, 1))), ports((2, 2))))
    assert apart.merged() == Packets((ports((2, 2)), Box(protocol=UDP, port=numbers((1, 1)))))
    assert NONE.merged() == NONE


def test_a_witness_is_of_one_family() -> None:
    """A packet from IPv4 to IPv6 exists nowhere: it is only told when there is no other."""
    both = Packets.of(Box(protocol=TCP, source=IPV4, destination=IPV6), Box(TCP, IPV6, PORTS, IPV6, numbers((7, 9))))
    mixed = Packets.of(Box(protocol=UDP, source=IPV6, destination=IPV4))

    assert both.witness() == Packet(6, IPV4_SIZE + 4, 0, IPV4_SIZE + 4, 7)
    assert mixed.witness() == Packet(17, IPV4_SIZE + 4, 0, 4, 0)
    either = Box(UDP, IPV6, PORTS, IPV4), Box(UDP, IPV4, PORTS, IPV6), Box(TCP, IPV4, PORTS, IPV4)
    assert Packets.of(*either).witness() == Packet(6, 4, 0, 4, 0)
    assert EVERYTHING.witness() == Packet(0, 4, 0, 4, 0)
    assert (EVERYTHING & SAME_FAMILY).boxes == SAME_FAMILY.boxes


def test_a_typical_address_is_one_that_a_host_could_have() -> None:
    """The first four of a subnet are kept by AWS; a smaller block gives its last."""
    assert typical(numbers((100, 200))) == 104
    assert typical(numbers((100, 102), (300, 400))) == 102


def test_services_are_described() -> None:
    """As people say them."""
    assert described(()) == ""
    assert described(((6, numbers((80, 80), (443, 443))), (17, PORTS))) == "tcp 80, 443; udp any"
    assert described(((50, PORTS), (1, numbers((2048, 2048))))) == "protocol 50 any; icmp 2048"
    assert described(EVERYTHING.services()) == "any protocol"
    assert described(Packets.of(Box(port=numbers((22, 22)))).services()) == "any protocol on 22"
    mixed = Packets.of(Box(protocol=numbers((0, 254))), Box(port=numbers((22, 22)), protocol=numbers((255, 255))))
    assert described(mixed.services()) == "any protocol on 0-65535"
    first = Packets.of(Box(protocol=numbers((1, 255))), Box(port=numbers((22, 22)), protocol=numbers((0, 0))))
    assert described(first.services()) == "any protocol on 22"
    assert PROTOCOLS.parts == ((0, 255),)
