"""Proves a rule: silent on what is right, exact on every fault its mutations make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from planproof.document import Document, parse
from planproof.engine import Finding, judge
from planproof.mutants import Mutant, mutants
from planproof.rule import AnyRule, ContractRule, Fault, Rule
from planproof.settings import Settings

Configurations = Mapping[str, Mapping[str, Any]]


class Proof(Struct, frozen=True):
    """One fault, and what the rule said to it."""

    mutant: Mutant
    caught: tuple[tuple[str, str], ...]
    many: bool

    @property
    def exact(self) -> bool:
        """Whether the fault's one finding, or only findings at its path when several are meant, came."""
        if not self.caught or (len(self.caught) > 1 and not self.many):
            return False
        wanted = self.mutant.address
        return all(path == self.mutant.path for _, path in self.caught) and (
            wanted is None or any(address == wanted for address, _ in self.caught)
        )

    def __str__(self) -> str:
        wanted = f"{self.mutant.address or 'a resource'} at {self.mutant.path}"
        return f"fault on {self.mutant.victim.address}: expected {wanted}, caught {list(self.caught)}"


def specimens(rule: AnyRule) -> Configurations:
    """A rule's own example of what is right, by environment."""
    if rule.specimen is None:
        return {}
    return rule.specimen if isinstance(rule, ContractRule) else {"specimen": rule.specimen}


def findings(rule: AnyRule, documents: tuple[Document, ...], settings: Settings) -> list[Finding]:
    """What one rule finds; its crash is raised."""
    said = judge(documents, (rule,), rule.settings if isinstance(rule, ContractRule) and rule.settings else settings)
    if said.defects:
        raise AssertionError("\n".join(f"{one.rule} on {one.address}: {one.error}" for one in said.defects))
    return said.findings


def prove(
    rule: AnyRule,
    fault: Fault,
    raws: Configurations,
    settings: Settings,
    documents: Mapping[str, Document] | None = None,
) -> Iterator[Proof]:
    """Every mutant that a fault makes of these configurations, judged.

    `documents` are the configurations, parsed, where the caller proves more than one fault on them.
    """
    sound = parsed(raws) if documents is None else documents
    for name, raw in raws.items():
        before: set[tuple[str, str, str, str]] | None = None
        for mutant in mutants(raw, sound[name], rule, fault):
            if before is None:
                before = {one.key for one in findings(rule, _asked(rule, sound, name), settings)}
            asked = _asked(rule, {**sound, name: mutant.document}, name)
            after = findings(rule, asked, settings)
            caught = tuple((one.resource.address, one.path) for one in after if one.key not in before)
            yield Proof(mutant, caught, fault.many)


def parsed(raws: Configurations) -> dict[str, Document]:
    """The configurations as planproof reads them, by environment."""
    return {name: parse(raw, name=name, source=name) for name, raw in raws.items()}


def _asked(rule: AnyRule, documents: Mapping[str, Document], name: str) -> tuple[Document, ...]:
    return (documents[name],) if isinstance(rule, Rule) else tuple(documents.values())
