"""What a person declares in `planproof.yaml`: flows that must work and denials that must hold.

connectivity:
  flows:
    - {from: payments, to: ledger, port: 8081, why: books every payment}
  denials:
    - {from: internet, to: database}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.connectivity.cases import block
from planproof.connectivity.denials import Denial
from planproof.connectivity.intent import AWS, HTTPS, INTERNET, Flow
from planproof.connectivity.intervals import NOTHING, Intervals
from planproof.connectivity.matching import LAST, NUMBERS, number_of
from planproof.connectivity.packets import PORTS
from planproof.connectivity.proofs import Declared
from planproof.connectivity.topology import Part, Topology
from planproof.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KEYS: Final = frozenset({"from", "to", "port", "protocol", "why"})
LISTS: Final = ("flows", "denials")


def declared(section: Mapping[str, Any], source: str, topology: Topology, others: Sequence[Topology] = ()) -> Declared:
    """The declarations about one document; a name that no document has is a mistake, not a finding."""
    problems = [f"connectivity.{key}: no such setting" for key in section if key not in LISTS]
    known = [topology, *others]
    flows: list[Flow] = []
    denials: list[Denial] = []
    for name in LISTS:
        entries = section.get(name) or []
        if not isinstance(entries, list):
            problems.append(f"connectivity.{name}: expected a list, got {entries!r}")
            continue
        for number, entry in enumerate(entries):
            where = f"connectivity.{name}.{number}"
            wrong = list(faults(entry, where, known, need_port=name == "flows"))
            problems += wrong
            if wrong:
                continue
            near, far = (found(topology, str(entry[side])) for side in ("from", "to"))
            part = Part(source, where)
            why = str(entry.get("why") or f"declared in {source}")
            protocol = NUMBERS.get(str(entry.get("protocol", "tcp")).lower())
            ports = ports_of(entry.get("port"))
            for one, other in ((one, other) for one in near for other in far):
                if name == "flows":
                    flows.append(Flow(one, other, ports or default_port(topology, other), why, part, protocol or 6))
                elif ports or "protocol" in entry:
                    denials.append(Denial(one, other, part, why, protocol, ports or PORTS))
                else:
                    denials.append(Denial(one, other, part, why))
    if problems:
        raise UserError(f"{source} cannot be used", *problems, hint=f"hosts of this network: {listed(known)}")
    return Declared(tuple(flows), tuple(denials))


def faults(entry: Any, where: str, known: Iterable[Topology], *, need_port: bool) -> Iterable[str]:
    """What is wrong with one declaration."""
    if not isinstance(entry, dict):
        yield f"{where}: expected from, to and port, got {entry!r}"
        return
    yield from (f"{where}.{key}: no such setting" for key in entry if key not in KEYS)
    for side in ("from", "to"):
        name = entry.get(side)
        if not isinstance(name, str) or not name:
            yield f"{where}.{side}: expected the name of a host, got {name!r}"
        elif not any(found(topology, name) for topology in known):
            yield f"{where}.{side}: no host is called {name!r}"
    if "port" in entry and not ports_of(entry["port"]):
        yield f"{where}.port: expected a port or a range such as 8000-8080, got {entry['port']!r}"
    if str(entry.get("protocol", "tcp")).lower() not in NUMBERS:
        yield f"{where}.protocol: expected one of {', '.join(sorted(NUMBERS))}, got {entry['protocol']!r}"
    ends = {str(entry.get("to")), str(entry.get("from"))}
    if need_port and "port" not in entry and ends <= {INTERNET}:
        yield f"{where}.port: expected a port, since the internet has no port of its own"


def found(topology: Topology, name: str) -> tuple[str, ...]:
    """The ends a name stands for: a host, all hosts below a part of the stack, the internet, a block, an AWS API."""
    if name == INTERNET or name.startswith(AWS) or block(name) is not None:
        return (name,)
    if name in topology.hosts:
        return (name,)
    below = tuple(host for host in topology.hosts if host.startswith(f"{name}/"))
    return below or tuple(
        host.name for host in topology.hosts.values() if name in {host.part.address, host.part.origin}
    )


def listed(known: Iterable[Topology]) -> str:
    """Every name there is."""
    names = dict.fromkeys(name for topology in known for name in topology.hosts)
    return ", ".join((*names, INTERNET, f"{AWS}<service>"))


def ports_of(value: Any) -> Intervals:
    """One port, a range, or several; nothing when it is neither."""
    items = value if isinstance(value, list) else [value]
    pairs: list[tuple[int, int]] = []
    for item in items:
        first, _, last = str(item).partition("-") if not isinstance(item, bool) else ("", "", "")
        low, high = number_of(first), number_of(last or first)
        if low is None or high is None or not 0 < low <= high <= LAST:
            return NOTHING
        pairs.append((low, high))
    return Intervals.of(*pairs)


def default_port(topology: Topology, name: str) -> Intervals:
    """The port of a flow that names none: what the other end listens on, or HTTPS."""
    host = topology.hosts.get(name)
    return (host.ports if host else NOTHING) or HTTPS
