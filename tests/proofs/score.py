"""Judges every seeded fault as the gate does, and counts what was seen."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from planproof.document import Document, parse
from planproof.engine import judge
from planproof.mutants import broken_by
from planproof.rule import AnyRule, ContractRule
from planproof.rules import rules
from planproof.settings import Settings, near
from tests.proofs.faults import Configurations, Seeded, documents
from tests.proofs.harmless import HARMLESS

ROOT: Final = Path(__file__).parents[2]
WORKERS: Final = 2
CHUNK: Final = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What planproof said to one fault.

    `alone` are the rules that saw it in its environment, `compared` those that
    see it among all environments; they are asked only when the first say
    nothing. One rule that sees a harmful fault is enough; a harmless change is
    shown to all of them.
    """

    seeded: Seeded
    alone: tuple[str, ...]
    compared: tuple[str, ...]
    crashed: tuple[str, ...]

    @property
    def seen(self) -> bool:
        """Whether somebody would have been told."""
        return bool(self.alone or self.compared)


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts of all faults."""

    verdicts: tuple[Verdict, ...]

    @property
    def harmful(self) -> tuple[Verdict, ...]:
        """What was said to the harmful faults."""
        return tuple(one for one in self.verdicts if one.seeded.harmful)

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """The harmful faults that nobody would have heard of."""
        return tuple(one for one in self.harmful if not one.seen)

    @property
    def harmless(self) -> tuple[Verdict, ...]:
        """What was said to the harmless changes."""
        return tuple(one for one in self.verdicts if not one.seeded.harmful)

    @property
    def alarms(self) -> tuple[Verdict, ...]:
        """The harmless changes that somebody was bothered with."""
        return tuple(one for one in self.harmless if one.seen)

    @property
    def crashes(self) -> tuple[str, ...]:
        """Rules that crashed on a fault."""
        return tuple(sorted({crash for one in self.verdicts for crash in one.crashed}))

    @property
    def killed(self) -> float:
        """The share of harmful faults that were seen."""
        return 1 - len(self.survivors) / len(self.harmful)


@cache
def _rules() -> tuple[tuple[AnyRule, ...], tuple[AnyRule, ...]]:
    """The rules about one environment, and those about all: proofs of whole paths come last."""
    found = rules()
    contract = tuple(one for one in found if isinstance(one, ContractRule))
    paths_last = sorted(contract, key=lambda one: one.id.startswith("flow-"))
    return tuple(one for one in found if one not in contract), tuple(paths_last)


@dataclass(frozen=True)
class _Said:
    """What rules say that they did not say before; unless `patient`, the first finding is enough."""

    before: frozenset[tuple[str, str, str, str]]
    patient: bool
    crashed: list[str] = field(default_factory=list)

    def by(self, asked: Sequence[AnyRule], documents: Sequence[Document], settings: Settings) -> tuple[str, ...]:
        seen = []
        for rule in asked:
            said = judge(documents, (rule,), settings)
            self.crashed.extend(f"{one.rule}: {one.error}" for one in said.defects)
            if any(one.key not in self.before for one in said.findings):
                seen.append(rule.id)
                if not self.patient:
                    break
        return tuple(seen)


@dataclass(frozen=True)
class _Bench:
    """The environments as they are, and what the rules say to them already."""

    raws: Configurations
    settings: Settings
    intact: dict[str, Document]
    before: frozenset[tuple[str, str, str, str]]

    def judged(self, seeded: Seeded) -> Verdict:
        changed = self._changed(seeded)
        asked = {**self.intact, **changed}
        alone, contract = _rules()
        said = _Said(self.before, patient=not seeded.harmful)
        type_ = seeded.address.partition(".")[0]
        near_first = sorted(alone, key=lambda rule: type_ not in rule.resources)
        seen = said.by(near_first, tuple(changed.values()), self.settings)
        compared = () if seen else said.by(contract, tuple(asked.values()), self.settings)
        return Verdict(seeded, seen, compared, tuple(said.crashed))

    def _changed(self, seeded: Seeded) -> dict[str, Document]:
        if seeded.fault is None:
            changes = {name: HARMLESS[seeded.operator].applied(raw, seeded.address) for name, raw in self.raws.items()}
        else:
            victim = self.intact[seeded.environment].resource(seeded.address)
            broken = None if victim is None else broken_by(self.raws[seeded.environment], victim, seeded.fault)
            changes = {} if broken is None else {seeded.environment: broken}
        return {name: parse(raw, name=name, source=name) for name, raw in changes.items() if raw != self.raws[name]}


def _bench(raws: Configurations) -> _Bench:
    settings = near(ROOT)
    intact = documents(raws)
    said = judge(tuple(intact.values()), rules(), settings)
    gc.freeze()
    return _Bench(raws, settings, intact, frozenset(one.key for one in said.findings))


_kept: dict[str, _Bench] = {}


def _start(raws: Configurations) -> None:
    _kept["bench"] = _bench(raws)


def _judged(seeded: Seeded) -> Verdict:
    return _kept["bench"].judged(seeded)


def score(raws: Configurations, faults: Sequence[Seeded], workers: int = WORKERS) -> Score:
    """Every fault judged, in the order given."""
    if workers == 1:
        return Score(tuple(map(_bench(raws).judged, faults)))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), partial(_start, raws))
    with pool:
        return Score(tuple(pool.map(_judged, faults, chunksize=CHUNK)))


def told(found: Score) -> Iterator[str]:
    """The score as people read it: one line each, then the survivors and the false alarms by name."""
    harmful, harmless = found.harmful, found.harmless
    alone = sum(1 for one in harmful if one.alone)
    yield f"harmful faults seen: {len(harmful) - len(found.survivors)} of {len(harmful)} ({found.killed:.1%})"
    yield f"  in the environment itself: {alone}; only by comparing environments: {sum(map(_compared, harmful))}"
    yield f"false alarms: {len(found.alarms)} of {len(harmless)} harmless changes"
    yield f"crashes of rules: {len(found.crashes)}"
    for one in found.survivors:
        yield f"survived: {one.seeded.name} ({one.seeded.reason})"
    for one in found.alarms:
        yield f"false alarm: {one.seeded.name} ({one.seeded.reason}): {', '.join((*one.alone, *one.compared))}"
    for crash in found.crashes:
        yield f"crash: {crash}"


def _compared(verdict: Verdict) -> bool:
    return bool(verdict.compared)
