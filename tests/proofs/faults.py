"""All faults of the proof, generated from the synthesized JSON and the two tables."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planproof.document import Document, Resource, parse
from planproof.mutants import broken_by
from planproof.rule import Fault, Mutation
from tests.proofs.harmful import harm, safer
from tests.proofs.harmless import HARMLESS
from tests.proofs.operators import OPERATORS

Configurations = Mapping[str, Mapping[str, Any]]
EACH: Final = 1
"""How many resources of one type an operator breaks in one environment at the same path."""
SEED: Final = 20_400


@dataclass(frozen=True, slots=True)
class Seeded:
    """One fault: in which environment, by which operator, on which resource, and why it harms or does not.

    A harmless change has no environment: it is made in all of them, as a
    person makes it who changes the code and not one environment.
    """

    operator: str
    environment: str
    address: str
    path: str
    fault: Fault | None
    harmful: bool
    reason: str

    @property
    def name(self) -> str:
        """What a survivor is called."""
        return f"{self.environment}: {self.address}{'.' if self.path else ''}{self.path} {self.operator}"


def documents(raws: Configurations) -> dict[str, Document]:
    """The environments as planproof reads them."""
    return {name: parse(raw, name=name, source=name) for name, raw in raws.items()}


def harmful(raws: Configurations) -> Iterator[Seeded]:
    """Each harmful fault, at most `EACH` of a kind and environment, on the resources that say the most first."""
    for environment, document in documents(raws).items():
        made: dict[tuple[str, str], set[str]] = {}
        bodies = raws[environment]["resource"]
        richest = sorted(document.resources, key=lambda one: -len(bodies.get(one.type, {}).get(one.name, ())))
        for resource in richest:
            if resource.mode == "managed":
                yield from _of(resource, raws[environment], document, made)


def _of(
    victim: Resource, raw: Mapping[str, Any], document: Document, made: dict[tuple[str, str], set[str]]
) -> Iterator[Seeded]:
    body = raw["resource"][victim.type][victim.name]
    for name, operator in OPERATORS.items():
        for path, fault in operator(victim, body, document):
            place = re.sub(r"\.\d+(?=\.|$)", ".*", f"{victim.type}.{path}" if path else victim.type)
            hit = made.setdefault((name, place), set())
            reason = harm(name, place)
            if reason is None or victim.address in hit or len(hit) >= EACH:
                continue
            if name == "flipped" and isinstance(fault, Mutation) and safer(path, fault.value):
                continue
            if broken_by(raw, victim, fault) is not None:
                hit.add(victim.address)
                yield Seeded(name, document.name, victim.address, path, fault, harmful=True, reason=reason)


def harmless(raws: Configurations) -> Iterator[Seeded]:
    """Each harmless change, made wherever it applies."""
    for name, change in HARMLESS.items():
        hit: dict[str, int] = {}
        for address in sorted({found for raw in raws.values() for found in change.places(raw)}):
            kind = address.partition(".")[0]
            hit[kind] = hit.get(kind, 0) + 1
            if hit[kind] <= EACH:
                yield Seeded(name, "all", address, "", None, harmful=False, reason=change.reason)


def sample(found: list[Seeded], size: int) -> list[Seeded]:
    """Some of them, always the same, from every operator."""
    chance = random.Random(SEED)  # noqa: S311 - a fixed choice, not a secret
    groups: dict[str, list[Seeded]] = {}
    for one in found:
        groups.setdefault(one.operator, []).append(one)
    share = max(1, size // len(groups))
    return [one for group in groups.values() for one in chance.sample(group, min(share, len(group)))]
