"""Questions of a person, answered: all flows, one flow, everybody who reaches a host, two documents compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planproof import settings as settings_file
from planproof.connectivity import render
from planproof.connectivity.claims import Claim, prove
from planproof.connectivity.declared import declared, default_port, found, listed, ports_of
from planproof.connectivity.difference import difference
from planproof.connectivity.exposure import callers
from planproof.connectivity.intent import Flow
from planproof.connectivity.judgement import Verdict, walked
from planproof.connectivity.proofs import Report, report
from planproof.connectivity.reading import read_topology
from planproof.connectivity.topology import Part, Topology
from planproof.document import Document, load
from planproof.errors import UserError
from planproof.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COMMAND_LINE = Part("command line")


class Question(Struct, frozen=True):
    """One flow, one host, or nothing in particular."""

    source: str = ""
    destination: str = ""
    target: str = ""


def documents(paths: Sequence[Path], environments: Sequence[str]) -> tuple[Document, ...]:
    """The documents of these paths, of these environments."""
    every = tuple(document for path in paths for document in load(path))
    chosen = tuple(document for document in every if not environments or document.name in environments)
    missing = [name for name in environments if name not in {document.name for document in every}]
    if missing:
        raise UserError(
            "no such environment",
            f"asked for {', '.join(missing)}",
            hint=f"there are: {', '.join(document.name for document in every)}",
        )
    return chosen


def reports(
    paths: Sequence[Path], environments: Sequence[str], settings: Path | None, question: Question
) -> tuple[Report, ...]:
    """The answer for each document that has a network; for the only document even if it has none."""
    file = settings or settings_file.FILE
    own = section(file)
    chosen = documents(paths, environments)
    networks = [(document, read_topology(document)) for document in chosen]
    living = [(document, network) for document, network in networks if network.hosts or network.vpcs]
    asked_of = living or networks[:1]
    every = [network for _, network in asked_of]
    if question.source or question.target:
        return tuple(answer(document, network, question, every) for document, network in asked_of)
    return tuple(report(document, declared(own, str(file), network, every)) for document, network in asked_of)


def section(file: str | Path) -> dict[str, object]:
    """The declarations in the settings file; none where there is no such file and none was named."""
    from pathlib import Path  # noqa: PLC0415 - a name for the type elsewhere

    path = Path(file)
    found_settings = Settings() if file == settings_file.FILE and not path.exists() else settings_file.read(path)
    return dict(found_settings.section("connectivity"))


def answer(document: Document, network: Topology, question: Question, every: Sequence[Topology]) -> Report:
    """The claims that one question is about."""
    if question.target:
        claims = tuple(who(network, question.target, every))
    else:
        claims = tuple(one_flow(network, question, every))
    return Report(document.name, network, (), claims)


def one_flow(network: Topology, question: Question, every: Sequence[Topology]) -> list[Claim]:
    """Whether one end reaches another."""
    name, _, port = question.destination.rpartition(":")
    if not name or not ports_of(port):
        name, port = question.destination, ""
    near, far = ends(network, question.source, every), ends(network, name, every)
    flows = [
        Flow(one, other, ports_of(port) if port else default_port(network, other), "asked", COMMAND_LINE)
        for one in near
        for other in far
    ]
    return [prove(network, flow) for flow in flows]


def ends(network: Topology, name: str, every: Sequence[Topology]) -> tuple[str, ...]:
    """The ends a name stands for; a name that no network has is a mistake."""
    here = found(network, name)
    if not here and not any(found(other, name) for other in every):
        raise UserError("no such end of a flow", f"asked for {name}", hint=f"there are: {listed(every)}")
    return here


def who(network: Topology, target: str, every: Sequence[Topology]) -> list[Claim]:
    """Everybody who reaches a host, each with a packet."""
    claims: list[Claim] = []
    for name in ends(network, target, every):
        host = network.hosts.get(name)
        for caller in callers(network, host) if host else ():
            verdict = Verdict.PROVEN if caller.sure else Verdict.UNDECIDED
            witness = (caller.sure or caller.possible).witness()
            claim = Claim("flow", caller.name, name, caller.service, verdict, "reaches it", COMMAND_LINE, 1, witness)
            cause = "" if caller.sure else caller.cause
            claims.append(replace(claim, hops=walked(caller.stages, witness), cause=cause))
    return claims


def code(every: Sequence[Report]) -> int:
    """The exit code: 1 when something is refuted."""
    return int(any(one.of(Verdict.REFUTED) for one in every))


def compared(old: Path, new: Path, form: str) -> tuple[str, int]:
    """The flows that one document has and the other does not."""
    before, after = (only(path) for path in (old, new))
    changes = difference(read_topology(before), read_topology(after))
    if form == "json":
        items = [{"gained": c.gained, "from": c.source, "to": c.destination, "service": c.service} for c in changes]
        return render.as_json({"old": before.name, "new": after.name, "changes": items}), 0
    return render.changes_text(before.name, after.name, changes), 0


def only(path: Path) -> Document:
    """The one document of a path that has a network."""
    every = load(path)
    living = [document for document in every if document.of("aws_vpc", "aws_security_group", "aws_subnet")]
    if len(living) != 1 and len(every) != 1:
        names = ", ".join(document.name for document in every)
        raise UserError(f"{path} is not one document", f"it holds {names}", hint="name one file on each side")
    return (living or list(every))[0]
