"""Flows that have to work, and why: the intent that the document itself shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.connectivity.intervals import Intervals

if TYPE_CHECKING:
    from planproof.connectivity.reasons import Reason
    from planproof.connectivity.topology import Part

INTERNET: Final = "internet"
AWS: Final = "aws:"
HTTPS: Final = Intervals.one(443)


class Ask(Struct, frozen=True):
    """One call that an endpoint's policy has to let through; not `own`: on something that belongs to AWS."""

    action: str
    resource: str = ""
    own: bool = True


class Flow(Struct, frozen=True):
    """One flow: from a host, the internet or a block to a host, the internet, a block or `aws:<service>`.

    `refuted` is a reason why it cannot work whatever the network says; `unknown` why its port is not known.
    """

    source: str
    destination: str
    ports: Intervals
    why: str
    part: Part
    protocol: int = 6
    asks: tuple[Ask, ...] = ()
    refuted: Reason | None = None
    unknown: str = ""

    @property
    def key(self) -> tuple[str, str, int, Intervals]:
        """What makes it the same flow however often it is intended."""
        return self.source, self.destination, self.protocol, self.ports


def unique(flows: list[Flow]) -> tuple[Flow, ...]:
    """Each flow once, with every reason for it and every call it makes."""
    found: dict[tuple[str, str, int, Intervals], Flow] = {}
    for flow in flows:
        old = found.get(flow.key)
        if old is None:
            found[flow.key] = flow
            continue
        why = old.why if flow.why in old.why.split("; ") else f"{old.why}; {flow.why}"
        found[flow.key] = Flow(
            old.source,
            old.destination,
            old.ports,
            why,
            old.part,
            old.protocol,
            tuple(dict.fromkeys((*old.asks, *flow.asks))),
            old.refuted or flow.refuted,
            old.unknown or flow.unknown,
        )
    return tuple(sorted(found.values(), key=lambda flow: (flow.source, flow.destination, flow.ports.parts)))
