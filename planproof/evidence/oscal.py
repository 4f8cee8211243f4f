"""The evidence as OSCAL 1.1 assessment results.

Requirements that pass or fail are findings; those that are not applicable or
not evaluated are no findings, and are named in the remarks. Identifiers are
version 5 UUIDs of what they stand for: the same inputs give the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from planproof.evidence.model import Evidence, Requirement, RuleResult, Status

VERSION: Final = "1.1.3"
OURS: Final = "https://planproof.invalid/ns/oscal"
SPACE: Final = uuid5(NAMESPACE_URL, OURS)
DATA: Final = "evidence.json"
Json = dict[str, Any]


def render(evidence: Evidence) -> str:
    """One assessment-results document."""
    seed = [
        evidence.as_of,
        evidence.version,
        evidence.rule_set,
        *(f"{one.sha256} {one.file}" for one in evidence.inputs),
    ]
    whole = uuid5(SPACE, sha256("\n".join(seed).encode("utf-8", "backslashreplace")).hexdigest())
    moment = f"{evidence.as_of}T00:00:00Z"
    body = {
        "uuid": str(whole),
        "metadata": {
            "title": f"Infrastructure evidence for {evidence.framework}",
            "last-modified": moment,
            "version": evidence.as_of,
            "oscal-version": VERSION,
            "props": [_prop("planproof", evidence.version), _prop("rule-set", evidence.rule_set)],
        },
        "import-ap": {"href": "index.html", "remarks": "No assessment plan in OSCAL: the rules are the plan."},
        "results": [_result(evidence, whole, moment)],
        "back-matter": {"resources": [_input(one.file, one.sha256, whole) for one in evidence.inputs]},
    }
    return json.dumps({"assessment-results": body}, indent=1, ensure_ascii=True) + "\n"


def _result(evidence: Evidence, whole: UUID, moment: str) -> Json:
    judged = [one for one in evidence.requirements if one.status in {Status.PASS, Status.FAIL}]
    others = [one for one in evidence.requirements if one not in judged]
    observations = [one for rule in evidence.rules for one in _observations(rule, evidence, whole, moment)]
    present = {one["uuid"] for one in observations}
    findings = [_finding(one, evidence, whole, present) for one in judged]
    items = list(_inventory(evidence, whole))
    selected = [{"control-id": _control(one.number)} for one in judged]
    reviewed: Json = {"control-selections": [{"include-controls": selected} if selected else {}]}
    if others:
        reviewed["remarks"] = "\n".join(f"{one.number} is {one.status}: {one.why}" for one in others)
    found: Json = {
        "uuid": _id(whole, "result"),
        "title": f"{evidence.framework} in {', '.join(evidence.environments)}",
        "description": "What the rules of planproof say about the infrastructure as code.",
        "start": moment,
        "end": moment,
        "reviewed-controls": reviewed,
    }
    if items:
        found["local-definitions"] = {"inventory-items": items}
    if observations:
        found["observations"] = observations
    if findings:
        found["findings"] = findings
    return found


def _observations(rule: RuleResult, evidence: Evidence, whole: UUID, moment: str) -> Iterator[Json]:
    for environment in evidence.environments:
        shown = [one for one in rule.shown if one.environment == environment]
        failures = [one for one in rule.failures if one.environment == environment]
        questions = [one for one in rule.questions if one.environment == environment]
        if not (shown or failures or questions):
            continue
        addresses = dict.fromkeys(one.address for one in rule.met if one.environment == environment)
        remarks = [
            *(f"{one.address}: {name.path} is {name.value}" for one in shown for name in one.attributes),
            *(f"{one.address}: {one.path} is {one.found}, expected {one.expected}" for one in failures),
            *(f"{one.address}: {one.path} is open: {one.cause}" for one in questions),
        ]
        found: Json = {
            "uuid": _observation(whole, rule.id, environment),
            "title": f"{rule.id} in {environment}",
            "description": (
                f"{rule.title} Content with {len(shown)}, found {len(failures)}, undecided {len(questions)}."
            ),
            "props": [_prop("rule", rule.id), _prop("environment", environment), _prop("severity", rule.severity)],
            "methods": ["TEST"],
            "types": ["control-objective"],
            "subjects": [
                {"subject-uuid": _item(whole, environment, address), "type": "inventory-item", "title": address}
                for address in addresses
            ],
            "relevant-evidence": [{"href": DATA, "description": f"The rule {rule.id}, with every attribute."}],
            "collected": moment,
        }
        if remarks:
            found["remarks"] = "\n".join(remarks)
        yield found


def _finding(one: Requirement, evidence: Evidence, whole: UUID, present: set[str]) -> Json:
    failed = one.status is Status.FAIL
    related = [
        {"observation-uuid": identifier}
        for rule in one.rules
        for environment in evidence.environments
        if (identifier := _observation(whole, rule, environment)) in present
    ]
    found: Json = {
        "uuid": _id(whole, f"finding {one.number}"),
        "title": f"{evidence.framework}, {one.number}",
        "description": one.text,
        "target": {
            "type": "objective-id",
            "target-id": _control(one.number),
            "status": {
                "state": "not-satisfied" if failed else "satisfied",
                "reason": "fail" if failed else "pass",
                "remarks": one.why,
            },
        },
    }
    waived = [
        f"{item.address}: {item.waiver.because} ({item.waiver.owner}, until {item.waiver.until})"
        for rule in evidence.rules
        if rule.id in one.rules
        for item in rule.failures
        if item.waiver
    ]
    if related:
        found["related-observations"] = related
    if waived:
        found["remarks"] = "Waived:\n" + "\n".join(waived)
    return found


def _inventory(evidence: Evidence, whole: UUID) -> Iterator[Json]:
    seen = {(one.environment, one.address): one.origin for rule in evidence.rules for one in rule.met}
    for (environment, address), origin in sorted(seen.items()):
        yield {
            "uuid": _item(whole, environment, address),
            "description": origin or address,
            "props": [{"name": "asset-id", "value": address}, _prop("environment", environment)],
        }


def _input(file: str, digest: str, whole: UUID) -> Json:
    return {
        "uuid": _id(whole, f"input {file}"),
        "title": file,
        "rlinks": [{"href": file, "hashes": [{"algorithm": "SHA-256", "value": digest}]}],
    }


def _prop(name: str, value: str) -> Json:
    return {"name": name, "ns": OURS, "value": value}


def _control(number: str) -> str:
    return f"pci-dss-{number.lower()}"


def _id(whole: UUID, what: str) -> str:
    return str(uuid5(whole, what))


def _observation(whole: UUID, rule: str, environment: str) -> str:
    return _id(whole, f"observation {rule} {environment}")


def _item(whole: UUID, environment: str, address: str) -> str:
    return _id(whole, f"item {environment} {address}")
