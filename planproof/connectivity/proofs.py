"""All claims about one document: intended flows, denials, exposures, isolation, and the network's own faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.connectivity.claims import Claim, prove
from planproof.connectivity.denials import Denial, deny
from planproof.connectivity.exposure import expose
from planproof.connectivity.infer_balancers import balancer_flows, proxy_flows
from planproof.connectivity.infer_tasks import task_flows
from planproof.connectivity.intent import Flow, unique
from planproof.connectivity.isolation import isolate
from planproof.connectivity.judgement import Verdict
from planproof.connectivity.reading import read_topology
from planproof.connectivity.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.connectivity.topology import Topology
    from planproof.document import Document

ORDER: Final = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.PROVEN)


class Declared(Struct, frozen=True):
    """What a person wrote beside what the document shows."""

    flows: tuple[Flow, ...] = ()
    denials: tuple[Denial, ...] = ()


class Report(Struct, frozen=True, eq=False):
    """Everything proved about one document."""

    name: str
    topology: Topology
    flows: tuple[Flow, ...]
    claims: tuple[Claim, ...]

    def of(self, *verdicts: Verdict) -> tuple[Claim, ...]:
        """The claims with these verdicts."""
        return tuple(claim for claim in self.claims if claim.verdict in verdicts)


NOTHING_DECLARED: Final = Declared()


def inferred(document: Document, topology: Topology) -> tuple[Flow, ...]:
    """The flows that the document itself shows to be needed."""
    found = [*balancer_flows(document, topology.hosts), *proxy_flows(document, topology.hosts)]
    return unique([*found, *task_flows(document, topology.hosts)])


def report(document: Document, declared: Declared = NOTHING_DECLARED) -> Report:
    """Prove everything there is to prove about a document."""
    topology = read_topology(document)
    flows = unique([*inferred(document, topology), *declared.flows])
    claims = [prove(topology, flow) for flow in flows]
    claims += [deny(topology, denial) for denial in declared.denials]
    claims += expose(topology, flows)
    claims += isolate(topology)
    claims += faults(topology)
    return Report(document.name, topology, flows, tuple(claims))


def faults(topology: Topology) -> Iterator[Claim]:
    """What is wrong with the network itself, as claims."""
    for problem in topology.problems:
        verdict = Verdict.REFUTED if problem.certain else Verdict.UNDECIDED
        why = "the network is well formed"
        if problem.certain:
            reason = Reason(problem.part, problem.text, "correct it")
            yield Claim("network", problem.part.label, "", "", verdict, why, problem.part, reason=reason)
        else:
            cause = f"{problem.part.label}: {problem.text}"
            yield Claim("network", problem.part.label, "", "", verdict, why, problem.part, cause=cause)
