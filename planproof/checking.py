"""One check from start to end: documents in, a report out. The gate of main.py and the command line both call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from planproof import baseline as baselines
from planproof import settings as settings_file
from planproof import waivers as waiver_file
from planproof.document import Document, Resource, load
from planproof.engine import Defect, Doubt, Finding, judge
from planproof.errors import UserError
from planproof.rule import AnyRule, Severity
from planproof.rules import rules as every_rule
from planproof.settings import Settings
from planproof.waivers import Waived, Waiver

CLEAN, FOUND, WRONG = 0, 1, 2


class Counts(Struct, frozen=True):
    """How many questions got which answer."""

    passed: int
    failed: int
    undecided: int
    waived: int
    known: int = 0


class Report(Struct, frozen=True):
    """Everything one check can say. `known` are findings that the baseline holds already."""

    documents: tuple[Document, ...]
    rules: tuple[AnyRule, ...]
    findings: tuple[Finding, ...]
    undecided: tuple[Doubt, ...]
    waived: tuple[Waived, ...]
    known: tuple[Finding, ...]
    defects: tuple[Defect, ...]
    passed: Mapping[tuple[str, str], Sequence[Resource]]
    as_of: date = date.min
    fail_on: Severity = Severity.LOW
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """How many questions got which answer; a question is one rule on one resource."""
        failed = {(one.document.name, one.rule.id, one.resource.address) for one in self.findings}
        return Counts(
            passed=sum(len(found) for found in self.passed.values()),
            failed=len(failed),
            undecided=len({(one.document.name, one.rule.id, one.resource.address) for one in self.undecided} - failed),
            waived=len(self.waived),
            known=len(self.known),
        )

    @property
    def severities(self) -> Mapping[Severity, int]:
        """How many findings of each severity."""
        return Counter(one.rule.severity for one in self.findings)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings at or above `fail_on`, 2 when a rule is defective."""
        if self.defects:
            return WRONG
        return FOUND if any(one.rule.severity >= self.fail_on for one in self.findings) else CLEAN


def check(
    given: Sequence[Path | str | Document] = (),
    *,
    as_of: date,
    settings: Settings | Path | None = None,
    waivers: Sequence[Waiver] | Path | None = None,
    environments: Collection[str] = (),
    rules: Collection[str] = (),
    baseline: Path | None = None,
    fail_on: Severity = Severity.LOW,
    folder: Path | None = None,
) -> Report:
    """Judge what lies at the given paths, and documents that were read; with none, the `cdktf.out` in the folder.

    Settings and waivers are taken from `planproof.yaml` and `waivers.yaml` in
    the folder (by default the current one) unless they are given. Raises
    `UserError` for whatever cannot be judged.
    """
    folder = folder or Path()
    known_settings = _settings(settings, folder)
    said_waivers = _waivers(waivers, folder)
    loaded = read(given or (folder / "cdktf.out",))
    documents = _chosen(loaded, environments)
    asked = _asked(rules)
    said = judge(documents, asked, known_settings)
    names = {one.name for one in documents}
    elsewhere = ({one.name for one in loaded} | set(known_settings.environments)) - names
    relevant = [one for one in said_waivers if not rules or one.allow in {rule.id for rule in asked}]
    kept, waived = waiver_file.apply(
        said, relevant, documents, rules={rule.id: rule for rule in asked}, as_of=as_of, elsewhere=elsewhere
    )
    fresh, known = baselines.split(kept, baseline)
    return Report(
        documents=documents,
        rules=asked,
        findings=tuple(fresh),
        undecided=tuple(said.doubts),
        waived=tuple(waived),
        known=tuple(known),
        defects=tuple(said.defects),
        passed=said.passed,
        as_of=as_of,
        fail_on=fail_on,
        notes=tuple(note for one in documents for note in one.notes),
    )


def read(given: Sequence[Path | str | Document]) -> tuple[Document, ...]:
    """The documents at the given paths, and those that were read. Raises `UserError` when a name stands for two."""
    documents = tuple(
        document for one in given for document in ((one,) if isinstance(one, Document) else load(Path(one)))
    )
    seen: dict[str, Document] = {}
    for document in documents:
        other = seen.setdefault(document.name, document)
        if other is not document:
            raise UserError(
                f"{document.source} cannot be judged with {other.source}",
                f"both are called {document.name}",
                hint="judge them one by one, or give the files different names",
            )
        if not document.resources and not document.removed:
            raise UserError(
                f"{document.source} cannot be judged",
                "it holds no resource",
                hint="check that it is the file you meant",
            )
    return documents


def _chosen(documents: tuple[Document, ...], environments: Collection[str]) -> tuple[Document, ...]:
    names = [document.name for document in documents]
    missing = [name for name in environments if name not in names]
    if missing:
        raise UserError(
            "There is no such environment",
            *(f"{name}: not found" for name in missing),
            hint=f"the environments are {', '.join(names)}",
        )
    return tuple(one for one in documents if not environments or one.name in environments)


def _asked(ids: Collection[str]) -> tuple[AnyRule, ...]:
    found = every_rule()
    names = {rule.id for rule in found}
    missing = [name for name in ids if name not in names]
    if missing:
        raise UserError(
            "There is no such rule",
            *(f"{name}: not found" for name in missing),
            hint="planproof rules lists them all",
        )
    return tuple(rule for rule in found if not ids or rule.id in ids)


def _settings(given: Settings | Path | None, folder: Path) -> Settings:
    if isinstance(given, Path):
        return settings_file.read(given)
    return settings_file.near(folder) if given is None else given


def _waivers(given: Any, folder: Path) -> Sequence[Waiver]:
    if isinstance(given, Path):
        return waiver_file.read(given)
    found: Sequence[Waiver] = waiver_file.near(folder) if given is None else given
    return found
