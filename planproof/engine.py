"""Asks every rule about every resource it is for, and keeps the three answers apart.

A rule that meets an unknown value has not decided: the engine says so, with
the cause. A rule that crashes is a defect of the rule: it is reported, and
the other rules go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from planproof.document import Document, Resource, UnknownValueError
from planproof.rule import READ, AnyRule, ContractRule, Outcome, Rule, Undecided, Violation
from planproof.settings import Settings


class Finding(Struct, frozen=True):
    """One rule broken at one attribute of one resource."""

    rule: AnyRule
    resource: Resource
    document: Document
    path: str
    found: Any
    expected: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Which question it answers: environment, rule, address, path."""
        return (self.document.name, self.rule.id, self.resource.address, self.path)

    def __str__(self) -> str:
        return f"{self.resource.origin}: {self.rule.id} at {self.resource.address}.{self.path}, found {self.found!r}"


class Doubt(Struct, frozen=True):
    """One rule that could not decide about one resource, and why."""

    rule: AnyRule
    resource: Resource
    document: Document
    path: str
    cause: str


class Defect(Struct, frozen=True):
    """A rule that crashed, where, and how."""

    rule: str
    document: str
    address: str
    error: str


class Judgement(Struct):
    """Everything the rules said. `passed` are the resources each rule is content with, by rule and document."""

    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    passed: dict[tuple[str, str], list[Resource]] = field(default_factory=dict)


def judge(documents: Sequence[Document], rules: Iterable[AnyRule], settings: Settings | None = None) -> Judgement:
    """What the rules say about the documents, ordered by document, origin, rule and path."""
    settings = settings or Settings()
    said = Judgement()
    for rule in rules:
        if isinstance(rule, ContractRule):
            _contract(rule, documents, settings, said)
            continue
        for document in documents:
            if document.kind not in rule.kinds:
                continue
            content: list[Resource] = []
            for resource in document.of(*rule.resources):
                _one(rule, resource, document, content, said)
            if content:
                said.passed[rule.id, document.name] = content
    order = {document.name: position for position, document in enumerate(documents)}
    said.findings.sort(key=lambda one: (order[one.document.name], one.resource.origin, one.rule.id, one.path))
    said.doubts.sort(key=lambda one: (order[one.document.name], one.resource.origin, one.rule.id, one.path))
    return said


def run(rules: Iterable[AnyRule], document: Document) -> list[Finding]:
    """The findings of rules on one document; a crash of a rule is raised."""
    said = judge((document,), rules)
    if said.defects:
        raise AssertionError("\n".join(f"{one.rule} on {one.address}: {one.error}" for one in said.defects))
    return said.findings


def _one(rule: Rule, resource: Resource, document: Document, content: list[Resource], said: Judgement) -> None:
    outcomes: dict[tuple[str, str], Outcome] = {}
    try:
        for outcome in rule.check(resource, document):
            blamed = outcome.resource or resource
            outcomes.setdefault((blamed.address, outcome.path), outcome)
    except UnknownValueError as error:
        path = error.unknown.path
        outcomes.setdefault((resource.address, path), Undecided(path, error.unknown.cause))
    except Exception as error:  # noqa: BLE001 - a crash of any kind is told as a defect of the rule
        said.defects.append(Defect(rule.id, document.name, resource.address, _told(error)))
        _keep(rule, outcomes.values(), resource, document, said)
        return
    if outcomes:
        _keep(rule, outcomes.values(), resource, document, said)
    else:
        content.append(resource)


def _keep(rule: AnyRule, outcomes: Iterable[Outcome], resource: Resource, document: Document, said: Judgement) -> None:
    for outcome in outcomes:
        blamed = outcome.resource or resource
        if isinstance(outcome, Violation):
            found = blamed.get(outcome.path) if outcome.found is READ else outcome.found
            said.findings.append(Finding(rule, blamed, document, outcome.path, found, outcome.expected))
        else:
            said.doubts.append(Doubt(rule, blamed, document, outcome.path, outcome.cause))


def _contract(rule: ContractRule, documents: Sequence[Document], settings: Settings, said: Judgement) -> None:
    """A rule about all documents: each violation belongs to the document that holds its resource."""
    by_name = _ordered(documents, settings)
    outcomes: list[Outcome] = []
    failed: str | None = None
    try:
        for outcome in rule.check(by_name, settings):
            outcomes.append(outcome)  # noqa: PERF402 - what came before a crash is kept
    except UnknownValueError as error:
        outcomes.append(Undecided(error.unknown.path, error.unknown.cause))
    except Exception as error:  # noqa: BLE001 - a crash of any kind is told as a defect of the rule
        failed = _told(error)
    touched: set[str] = set()
    for outcome in outcomes:
        document = _holder(outcome.resource, documents)
        touched.add(document.name)
        _keep(rule, (outcome,), document.of("stack")[0], document, said)
    if failed is not None:
        said.defects.append(Defect(rule.id, ", ".join(by_name), "all environments", failed))
        return
    for document in documents:
        if document.name not in touched:
            said.passed[rule.id, document.name] = list(document.of("stack"))


def _ordered(documents: Sequence[Document], settings: Settings) -> Mapping[str, Document]:
    names = list(settings.environments)
    last = len(names)
    ranked = sorted(documents, key=lambda one: names.index(one.name) if one.name in names else last)
    return {document.name: document for document in ranked}


def _holder(resource: Resource | None, documents: Sequence[Document]) -> Document:
    if resource is not None:
        for document in documents:
            if document.resource(resource.address) is resource:
                return document
    return documents[0]


def _told(error: Exception) -> str:
    """The crash and the line of the rule it came from."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
        where = f" ({file}:{trace.tb_lineno})"
    return f"{type(error).__name__}: {error}{where}"
