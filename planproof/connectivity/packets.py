"""Exact sets of packets: protocol, source and destination addresses, source and destination ports.

A set is a list of boxes, each the product of one set per axis. Boxes may overlap; union, intersection,
difference, emptiness and membership are exact all the same. Ports mean what AWS makes of them: for ICMP the
port is `type * 256 + code`, and a protocol without ports has every port.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from planproof.connectivity.intervals import ADDRESSES, IPV4, IPV6, NOTHING, Intervals, address

PROTOCOLS: Final = Intervals(((0, 255),))
PORTS: Final = Intervals(((0, 65_535),))
TCP: Final = Intervals.one(6)
UDP: Final = Intervals.one(17)
NAMES: Final = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6"}


class Packet(Struct, frozen=True):
    """One packet: the witness of a claim about many."""

    protocol: int
    source: int
    source_port: int
    destination: int
    port: int

    def reply(self) -> Packet:
        """The packet that answers this one."""
        return Packet(self.protocol, self.destination, self.port, self.source, self.source_port)

    def __str__(self) -> str:
        name = NAMES.get(self.protocol, f"protocol {self.protocol}")
        near, far = address(self.source), address(self.destination)
        if self.protocol in (6, 17):
            return f"{name} {near}:{self.source_port} -> {far}:{self.port}"
        return f"{name} {near} -> {far}"


class Box(Struct, frozen=True):
    """All packets whose every field lies in the set given for it."""

    protocol: Intervals = PROTOCOLS
    source: Intervals = ADDRESSES
    source_port: Intervals = PORTS
    destination: Intervals = ADDRESSES
    port: Intervals = PORTS

    def axes(self) -> tuple[Intervals, Intervals, Intervals, Intervals, Intervals]:
        """The five sets, in the order of the fields."""
        return self.protocol, self.source, self.source_port, self.destination, self.port

    def __bool__(self) -> bool:
        near = self.source.parts and self.source_port.parts
        return bool(near and self.destination.parts and self.port.parts and self.protocol.parts)

    def __and__(self, other: Box) -> Box:
        """The packets of both: this very box when it lies inside the other, `NO_PACKET` when there is none."""
        port = self.port if other.port is PORTS else self.port & other.port
        protocol = self.protocol if other.protocol is PROTOCOLS else self.protocol & other.protocol
        if not port.parts or not protocol.parts:
            return NO_PACKET
        source = self.source if other.source is ADDRESSES else self.source & other.source
        if not source.parts:
            return NO_PACKET
        destination = self.destination if other.destination is ADDRESSES else self.destination & other.destination
        source_port = self.source_port if other.source_port is PORTS else self.source_port & other.source_port
        if not destination.parts or not source_port.parts:
            return NO_PACKET
        same = port is self.port and protocol is self.protocol and source is self.source
        if same and destination is self.destination and source_port is self.source_port:
            return self
        return Box(protocol, source, source_port, destination, port)

    def __le__(self, other: Box) -> bool:
        return (
            self.source <= other.source
            and self.destination <= other.destination
            and self.port <= other.port
            and self.protocol <= other.protocol
            and self.source_port <= other.source_port
        )

    def minus(self, other: Box) -> list[Box]:
        """What is left of this box, as disjoint boxes: one for each axis on which the two part."""
        both = self & other
        if both is NO_PACKET:
            return [self]
        left: list[Box] = []
        axes = list(self.axes())
        for index, (mine, shared) in enumerate(zip(self.axes(), both.axes(), strict=True)):
            if mine is not shared:
                left.append(Box(*[*axes[:index], mine - shared, *axes[index + 1 :]]))
            axes[index] = shared
        return left

    def reply(self) -> Box:
        """The packets that answer these."""
        return Box(self.protocol, self.destination, self.port, self.source, self.source_port)


class Packets(Struct, frozen=True):
    """A set of packets. `if packets` asks whether there is one."""

    boxes: tuple[Box, ...] = ()

    @staticmethod
    def of(*boxes: Box) -> Packets:
        """The packets of these boxes; a box that lies inside another is left out."""
        if len(boxes) == 1:
            return Packets(boxes) if boxes[0] else NONE
        kept: list[Box] = []
        for box in boxes:
            if box and not any(box <= other for other in kept):
                kept = [*(other for other in kept if not other <= box), box]
        return Packets(tuple(kept))

    @staticmethod
    def union(*sets: Packets) -> Packets:
        """The packets of all these sets."""
        return sets[0] if len(sets) == 1 else Packets.of(*(box for one in sets for box in one.boxes))

    def __bool__(self) -> bool:
        return bool(self.boxes)

    def __contains__(self, packet: Packet) -> bool:
        fields = (packet.protocol, packet.source, packet.source_port, packet.destination, packet.port)
        return any(all(field in axis for field, axis in zip(fields, box.axes(), strict=True)) for box in self.boxes)

    def __or__(self, other: Packets) -> Packets:
        return Packets.of(*self.boxes, *other.boxes)

    def __and__(self, other: Packets) -> Packets:
        """The packets of both: this very set when each of its boxes lies inside one of the other's."""
        if self is other:
            return self
        shared: list[Box] = []
        inside = True
        for mine in self.boxes:
            parts: list[Box] = []
            for theirs in other.boxes:
                both = mine & theirs
                if both is mine:
                    shared.append(mine)
                    break
                if both is not NO_PACKET:
                    parts.append(both)
            else:
                inside = False
                shared += parts
        return self if inside else Packets.of(*shared)

    def __sub__(self, other: Packets) -> Packets:
        if self is other:
            return NONE
        left = [mine for mine in self.boxes if not any(mine <= theirs for theirs in other.boxes)]
        if not left:
            return NONE
        for box in other.boxes:
            left = [piece for whole in left for piece in whole.minus(box)]
        return Packets.of(*left)

    def __le__(self, other: Packets) -> bool:
        return not self - other

    def same_as(self, other: Packets) -> bool:
        """Whether both hold exactly the same packets, however they are written."""
        return self <= other <= self

    def reply(self) -> Packets:
        """The packets that answer these."""
        return Packets(tuple(box.reply() for box in self.boxes))

    def sources(self) -> Intervals:
        """Every address that sends one of these packets."""
        return Intervals.of(*(part for box in self.boxes for part in box.source.parts))

    def destinations(self) -> Intervals:
        """Every address that gets one of these packets."""
        return Intervals.of(*(part for box in self.boxes for part in box.destination.parts))

    def services(self) -> tuple[tuple[int, Intervals], ...]:
        """Protocols and destination ports, the ports of one protocol together."""
        found: dict[int, Intervals] = {}
        for box in self.boxes:
            for low, high in box.protocol.parts:
                for protocol in range(low, high + 1):
                    found[protocol] = found.get(protocol, Intervals()) | box.port
        return tuple(sorted(found.items()))

    def merged(self) -> Packets:
        """The same packets in fewer boxes: boxes that differ on one axis only become one."""
        boxes = list(self.boxes)
        while True:
            for left, right in ((a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]):
                differing = [a != b for a, b in zip(left.axes(), right.axes(), strict=True)]
                if sum(differing) <= 1:
                    union = Box(*(a | b for a, b in zip(left.axes(), right.axes(), strict=True)))
                    boxes = [*(box for box in boxes if box not in (left, right)), union]
                    break
            else:
                return Packets.of(*sorted(boxes, key=lambda box: [axis.parts for axis in box.axes()]))

    def witness(self) -> Packet:
        """One of these packets, always the same one; a source and destination of one family if there is any."""
        family = [
            box & half
            for box in self.boxes
            for half in (Box(source=IPV4, destination=IPV4), Box(source=IPV6, destination=IPV6))
        ]
        box = next((one for one in family if one), self.boxes[0])
        return Packet(
            box.protocol.lowest,
            typical(box.source),
            box.source_port.lowest,
            typical(box.destination),
            box.port.lowest,
        )


ALL_PROTOCOLS: Final = 256
RESERVED: Final = 4  # the first four addresses of a subnet are AWS's own
EVERYTHING: Final = Packets((Box(),))
NO_PACKET: Final = Box(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
NONE: Final = Packets()
SAME_FAMILY: Final = Packets((Box(source=IPV4, destination=IPV4), Box(source=IPV6, destination=IPV6)))


def typical(addresses: Intervals) -> int:
    """An address a host could have: past those that AWS keeps in each subnet, where there is room."""
    low, high = addresses.parts[0]
    return min(low + RESERVED, high)


def described(services: tuple[tuple[int, Intervals], ...]) -> str:
    """Protocols and ports as a reader says them: `tcp 80, 443; udp 53`."""
    if len(services) == ALL_PROTOCOLS:
        whole = {ports for _, ports in services}
        return "any protocol" if whole == {PORTS} else f"any protocol on {services[0][1]}"
    return "; ".join(
        f"{NAMES.get(protocol, f'protocol {protocol}')} {'any' if ports == PORTS else ports}"
        for protocol, ports in services
    )
