"""Flows that must not work, as a person declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planproof.connectivity.cases import cases
from planproof.connectivity.claims import Claim, unplaced
from planproof.connectivity.intent import Flow
from planproof.connectivity.judgement import Verdict, passing, walked
from planproof.connectivity.packets import PORTS, PROTOCOLS, Box, Packets, described
from planproof.connectivity.reasons import Reason

if TYPE_CHECKING:
    from planproof.connectivity.intervals import Intervals
    from planproof.connectivity.topology import Part, Topology


class Denial(Struct, frozen=True):
    """Nothing passes from one end to the other; on these ports, or on any."""

    source: str
    destination: str
    part: Part
    why: str
    protocol: int | None = None
    ports: Intervals = PORTS


def deny(topology: Topology, denial: Denial) -> Claim:
    """Judge a denial: one packet that passes refutes it."""
    flow = Flow(denial.source, denial.destination, denial.ports, denial.why, denial.part, denial.protocol or 6)
    service = described(((flow.protocol, flow.ports),)) if denial.protocol else "any protocol"
    claim = Claim("denial", denial.source, denial.destination, service, Verdict.PROVEN, denial.why, denial.part)
    cause = unplaced(topology, flow)
    if cause:
        return replace(claim, verdict=Verdict.UNDECIDED, cause=cause)
    doubt = claim
    for case in cases(topology, flow):
        wide = Packets.of(
            *(
                Box(box.protocol if denial.protocol else PROTOCOLS, box.source, PORTS, box.destination, box.port)
                for box in case.wanted.boxes
            )
        )
        found = passing(case.stages, wide)
        if found.sure:
            witness = found.sure.witness()
            hops = walked(case.stages, witness)
            last = hops[-1]
            text = f"{denial.source} reaches {denial.destination} on {described(found.sure.services())}"
            opener = next((hop for hop in reversed(hops) if "security group" in hop.stage), last)
            reason = Reason(opener.part, text, f"close {opener.part.address}")
            return replace(
                claim, verdict=Verdict.REFUTED, witness=witness, hops=hops, stage=opener.stage, reason=reason
            )
        if found.possible:
            doubt = replace(claim, verdict=Verdict.UNDECIDED, cause=found.cause, witness=found.possible.witness())
    return doubt
