"""Whether all wanted packets pass all stages: proven, refuted at the first stage that stops one, or undecided."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.connectivity.filters import CACHE, Bounds
from planproof.connectivity.intervals import cidrs
from planproof.connectivity.packets import EVERYTHING, SAME_FAMILY, Box, Packet, Packets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planproof.connectivity.path import Stage
    from planproof.connectivity.reasons import Reason
    from planproof.connectivity.topology import Part


class Verdict(StrEnum):
    """The three answers."""

    PROVEN = "PROVEN"
    REFUTED = "REFUTED"
    UNDECIDED = "UNDECIDED"


class Side(StrEnum):
    """An end of a flow whose address is not claimed for all addresses alike."""

    SOURCE = "source"
    DESTINATION = "destination"


class Hop(Struct, frozen=True):
    """One stage of a path and what decided there."""

    stage: str
    part: Part
    text: str


class Judgement(Struct, frozen=True):
    """A verdict and all a reader needs to check it by hand."""

    verdict: Verdict
    way: tuple[Stage, ...] = ()
    witness: Packet | None = None
    stage: str = ""
    reason: Reason | None = None
    cause: str = ""

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The way of the witness, each stage explained."""
        return walked(self.way, self.witness) if self.witness else ()


NOBODY: Final[frozenset[Side]] = frozenset()


def passing(stages: Iterable[Stage], packets: Packets = SAME_FAMILY) -> Bounds:
    """Exactly the packets that open a connection: there, and their answers back."""
    return _passing(tuple(stage.allows for stage in stages), packets)


@lru_cache(maxsize=CACHE)
def _passing(filters: tuple[Bounds, ...], packets: Packets) -> Bounds:
    sure = possible = packets & SAME_FAMILY
    causes: list[str] = []
    for allows in filters:
        same = sure is possible and allows.certain
        possible &= allows.possible
        sure = possible if same else sure & allows.sure
        if allows.cause:
            causes.append(allows.cause)
        if not possible:
            break
    return Bounds(sure, possible, "; ".join(dict.fromkeys(causes)))


def projected(packets: Packets, sides: frozenset[Side]) -> Packets:
    """Packets with everything forgotten but the addresses of these sides."""
    return Packets.of(
        *(
            Box(
                source=box.source if Side.SOURCE in sides else EVERYTHING.boxes[0].source,
                destination=box.destination if Side.DESTINATION in sides else EVERYTHING.boxes[0].destination,
            )
            for box in packets.boxes
        )
    )


def judge(
    stages: tuple[Stage, ...],
    wanted: Packets,
    *,
    some: frozenset[Side] = NOBODY,
    settled: frozenset[Side] = NOBODY,
) -> Judgement:
    """Judge a flow.

    It must work for every wanted packet; on a side in `some` for every packet of at least one address (a client
    on the internet); on a side in `settled` for the one address it will have, which nobody knows yet.
    """
    if passing(stages, wanted).sure == wanted:
        return Judgement(Verdict.PROVEN, stages, wanted.witness())
    left = wanted
    lost = Packets()
    whole = projected(wanted, some | settled)
    for stage in stages:
        stopped = left - stage.allows.possible
        if not stopped:
            continue
        lost |= stopped
        if whole <= projected(lost, some | settled):
            witness = stopped.witness()
            way = stages[: stages.index(stage)]
            return Judgement(Verdict.REFUTED, way, witness, stage.name, stage.why(witness))
        left -= stopped
    if not lost and all(stage.allows.certain for stage in stages):
        return Judgement(Verdict.PROVEN, stages, wanted.witness())
    return proven(stages, wanted, some) or undecided(stages, wanted, lost)


def proven(stages: tuple[Stage, ...], wanted: Packets, some: frozenset[Side]) -> Judgement | None:
    """The proof, if what surely passes is enough."""
    sure = passing(stages, wanted).sure
    missing = wanted - sure
    if missing:
        good = projected(wanted, some) - projected(missing, some)
        if not some or not good:
            return None
        sure &= good
    witness = sure.witness()
    return Judgement(Verdict.PROVEN, stages, witness)


def undecided(stages: tuple[Stage, ...], wanted: Packets, lost: Packets) -> Judgement:
    """What is not known, and where it matters first."""
    for stage in stages:
        unsure = (wanted & stage.allows.possible) - stage.allows.sure
        if unsure:
            witness = unsure.witness()
            way = stages[: stages.index(stage)]
            return Judgement(Verdict.UNDECIDED, way, witness, stage.name, cause=stage.allows.cause)
        if wanted - stage.allows.possible:
            open_to = wanted & stage.allows.possible
            narrow = cidrs(open_to.destinations() - (wanted - open_to).destinations()) or cidrs(open_to.sources())
            cause = f"{stage.name} is open for {', '.join(narrow[:3])} only, and the address is known after apply"
            witness = (wanted - open_to).witness()
            return Judgement(Verdict.UNDECIDED, (), witness, stage.name, cause=cause)
    cause = "the stages together leave no address for which everything is open"
    return Judgement(Verdict.UNDECIDED, (), (lost or wanted).witness(), cause=cause)


def walked(stages: tuple[Stage, ...], witness: Packet) -> tuple[Hop, ...]:
    """The hops of one packet."""
    reasons = ((stage.name, stage.why(witness)) for stage in stages)
    return tuple(Hop(name, reason.part, reason.text) for name, reason in reasons)
