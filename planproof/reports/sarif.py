"""The report as SARIF 2.1.0, so that code hosts show findings on our Python lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from planproof import __version__
from planproof.reports.view import Entry, Question, entry, questions
from planproof.rule import Severity
from planproof.waivers import BAD_WAIVER

if TYPE_CHECKING:
    from planproof.checking import Report
    from planproof.rule import AnyRule

LEVELS: Final = {Severity.LOW: "note", Severity.MEDIUM: "warning", Severity.HIGH: "error", Severity.CRITICAL: "error"}
SCORES: Final = {Severity.LOW: "3.0", Severity.MEDIUM: "5.5", Severity.HIGH: "8.0", Severity.CRITICAL: "9.5"}
SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """The report as one SARIF log with one run."""
    rules = sorted((*report.rules, BAD_WAIVER), key=lambda rule: rule.id)
    index = {rule.id: position for position, rule in enumerate(rules)}
    sources = {one.name: one.source for one in report.documents}
    results = [_result(entry(one), one.rule, index, sources) for one in report.findings]
    results += [{**_result(entry(one), one.rule, index, sources), "baselineState": "unchanged"} for one in report.known]
    results += [
        {
            **_result(entry(one.finding), one.finding.rule, index, sources),
            "suppressions": [
                {
                    "kind": "external",
                    "status": "accepted",
                    "justification": f"{one.waiver.because} ({one.waiver.owner}, until {one.waiver.until})",
                }
            ],
        }
        for one in report.waived
    ]
    results += [_question(one, index, sources) for one in questions(report)]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "planproof", "version": __version__, "rules": [_rule(one) for one in rules]}
                },
                "invocations": [
                    {
                        "executionSuccessful": not report.defects,
                        "exitCode": report.exit_code,
                        "toolExecutionNotifications": [
                            {
                                "level": "error",
                                "message": {"text": f"{one.rule} on {one.document} {one.address}: {one.error}"},
                            }
                            for one in report.defects
                        ],
                    }
                ],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _rule(rule: AnyRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.sentence},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "helpUri": rule.docs,
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["security", *rule.controls], "security-severity": SCORES[rule.severity]},
    }


def _result(one: Entry, rule: AnyRule, index: dict[str, int], sources: dict[str, str]) -> dict[str, Any]:
    message = f"{one.origin}: {one.title} {one.path}: found {one.found}, expected {one.expected}. {one.fix}"
    return {
        "ruleId": one.rule,
        "ruleIndex": index[one.rule],
        "kind": "fail",
        "level": LEVELS[rule.severity],
        "message": {"text": message},
        "locations": [_location(one, sources)],
        "partialFingerprints": {"planproof/v1": _print(one.environment, one.rule, one.address, one.path)},
    }


def _question(one: Question, index: dict[str, int], sources: dict[str, str]) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": index[one.rule],
        "kind": "review",
        "level": "none",
        "message": {"text": f"{one.origin}: {one.path} cannot be decided: {one.cause}"},
        "locations": [_location(one, sources)],
        "partialFingerprints": {"planproof/v1": _print(one.environment, one.rule, one.address, one.path)},
    }


def _location(one: Entry | Question, sources: dict[str, str]) -> dict[str, Any]:
    """The Python line, else the document that was judged; and the attribute by its address."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.file or sources[one.environment])}}
    physical["region"] = {"startLine": one.line or 1}
    name = f"{one.address}.{one.path}" if one.path else one.address
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": name, "kind": "resource"}],
    }


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path.replace("\\", "/"))


def _print(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
