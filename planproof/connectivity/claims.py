"""Claims about flows, judged for every subnet that either end may be placed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from planproof.connectivity.cases import block, cases
from planproof.connectivity.intent import AWS, INTERNET, Flow
from planproof.connectivity.judgement import Hop, Judgement, Verdict, judge
from planproof.connectivity.packets import described
from planproof.connectivity.reasons import Reason

if TYPE_CHECKING:
    from planproof.connectivity.packets import Packet
    from planproof.connectivity.topology import Part, Topology

Claimed = Literal["flow", "denial", "exposure", "isolation", "network"]
NAMED: Final = frozenset({INTERNET})


class Claim(Struct, frozen=True):
    """One sentence about the network, its verdict, and what a reader needs to check it by hand.

    `part` is where the claim comes from; `reason` what decides when it does not hold; `hops` the way of `witness`.
    """

    kind: Claimed
    source: str
    destination: str
    service: str
    verdict: Verdict
    why: str
    part: Part
    cases: int = 0
    witness: Packet | None = None
    hops: tuple[Hop, ...] = ()
    stage: str = ""
    reason: Reason | None = None
    cause: str = ""


def service_of(flow: Flow) -> str:
    """Protocol and ports of a flow in words."""
    return described(((flow.protocol, flow.ports),)) if flow.ports else "unknown port"


def prove(topology: Topology, flow: Flow) -> Claim:
    """Judge one intended flow."""
    claim = Claim("flow", flow.source, flow.destination, service_of(flow), Verdict.UNDECIDED, flow.why, flow.part)
    if flow.refuted:
        return replace(claim, verdict=Verdict.REFUTED, stage="container port", reason=flow.refuted)
    cause = flow.unknown or unplaced(topology, flow)
    if cause:
        return replace(claim, cause=cause)
    judged = [
        (case, judge(case.stages, case.wanted, some=case.some, settled=case.settled)) for case in cases(topology, flow)
    ]
    if not judged:
        return replace(claim, cause="the two ends have no address family in common")
    order = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.PROVEN)
    _, worst = min(judged, key=lambda pair: order.index(pair[1].verdict))
    return concluded(topology, flow, claim, worst, len(judged))


def concluded(topology: Topology, flow: Flow, claim: Claim, worst: Judgement, count: int) -> Claim:
    """The claim with the verdict of its worst placement."""
    reason = worst.reason
    service = flow.destination.removeprefix(AWS)
    if reason and flow.destination.startswith(AWS) and not any(e.service == service for e in topology.endpoints):
        text = f"the VPC has no endpoint for {service}, and {reason.text}"
        reason = Reason(reason.part, text, f"add an aws_vpc_endpoint for {service}, or {reason.change}")
    return replace(
        claim,
        verdict=worst.verdict,
        cases=count,
        witness=worst.witness,
        hops=worst.hops,
        stage=worst.stage,
        reason=reason,
        cause=worst.cause,
    )


def unplaced(topology: Topology, flow: Flow) -> str:
    """Why an end of a flow cannot be found in the network."""
    for name in (flow.source, flow.destination):
        if name in NAMED or name.startswith(AWS) or block(name) is not None:
            continue
        host = topology.hosts.get(name)
        if host is None:
            return f"{name} is not in the document"
        if host.unknown:
            return f"{host.part.label}: {host.unknown}"
        if not host.placements:
            return f"{host.part.label}: it names no subnet of the document"
    return ""
