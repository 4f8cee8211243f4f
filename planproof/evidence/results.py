"""What each rule said, with the attributes that show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from planproof.checking import Report
from planproof.document import Document, Resource
from planproof.engine import Finding
from planproof.evidence.model import Attribute, Crash, Exemption, Failure, Question, RuleResult, Shown
from planproof.reports.view import clean, shown, where
from planproof.rule import Addition, AnyRule, ContractRule, Mutation
from planproof.waivers import BAD_WAIVER, Waiver

CATALOGUE: Final = "pci-dss-4.0.1"


def results(report: Report, folder: Path) -> tuple[RuleResult, ...]:
    """The results of every rule that shows a requirement, by id."""
    rules = {rule.id: rule for rule in (*report.rules, BAD_WAIVER)}
    found = (_result(rules[name], report, f"{folder.as_posix()}/") for name in sorted(rules))
    return tuple(one for one in found if one.requirements)


def _result(rule: AnyRule, report: Report, prefix: str) -> RuleResult:
    contents = [
        (document, resource)
        for document in report.documents
        for resource in report.passed.get((rule.id, document.name), ())
    ]
    failures = [_failure(one, None) for one in report.findings if one.rule.id == rule.id]
    failures += [_failure(one.finding, one.waiver) for one in report.waived if one.finding.rule.id == rule.id]
    return RuleResult(
        id=rule.id,
        title=rule.sentence,
        severity=str(rule.severity),
        why=rule.why,
        docs=rule.docs,
        judges=rule.resources,
        requirements=tuple(
            control.partition("/")[2] for control in rule.controls if control.startswith(f"{CATALOGUE}/")
        ),
        proofs=tuple(clean(str(fault)) for fault in rule.mutations),
        shown=tuple(
            Shown(
                document.name,
                clean(resource.address),
                clean(resource.origin),
                where(resource.file, resource.line),
                tuple(_attributes(rule, resource, document)),
            )
            for document, resource in contents
        ),
        failures=tuple(failures),
        questions=tuple(
            Question(
                one.document.name,
                clean(one.resource.address),
                clean(one.resource.origin),
                one.path,
                clean(one.cause).replace(prefix, ""),
            )
            for one in report.undecided
            if one.rule.id == rule.id
        ),
        defects=tuple(
            Crash(tuple(one.document.split(", ")), clean(one.address), clean(one.error))
            for one in report.defects
            if one.rule == rule.id
        ),
    )


def _attributes(rule: AnyRule, resource: Resource, document: Document) -> Iterator[Attribute]:
    """The attributes that a fault would have to change: a rule's proof names what it decides by."""
    seen: set[tuple[str, str]] = set()
    for fault in rule.mutations:
        if isinstance(fault, Mutation):
            kind, path = fault.type or rule.resources[0], fault.path
        elif isinstance(fault, Addition):
            kind, path = fault.beside, ""
        else:
            kind, path = fault.type, ""
        own = kind == resource.type or (isinstance(fault, Mutation) and fault.type is None)
        if (kind, path) in seen or isinstance(rule, ContractRule):
            continue
        seen.add((kind, path))
        if own and path:
            yield Attribute(path, shown(resource.get(path)))
        elif not own:
            others = document.of(kind) if resource.type == "stack" else document.referrers(resource, kind)
            for other in others:
                name = f"{clean(other.address)}.{path}" if path else clean(other.address)
                yield Attribute(name, shown(other.get(path)) if path else "present")


def _failure(finding: Finding, waiver: Waiver | None) -> Failure:
    return Failure(
        finding.document.name,
        clean(finding.resource.address),
        clean(finding.resource.origin),
        where(finding.resource.file, finding.resource.line),
        finding.path,
        shown(finding.found),
        clean(finding.expected),
        Exemption(clean(waiver.because), clean(waiver.owner), waiver.until.isoformat()) if waiver else None,
    )
