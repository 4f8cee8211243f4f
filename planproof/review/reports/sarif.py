"""The review as SARIF 2.1.0: what asks for a human, on our Python lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from planproof.review.effect import Kind
from planproof.review.reports.view import page

if TYPE_CHECKING:
    from planproof.review.reports.view import Line, Section, Sheet
    from planproof.review.reviewing import Review

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final = {"blocked": "error", "needs a human": "warning", "safe": "note"}


def render(review: Review) -> str:
    """One log with one run; the kinds of effects are its rules."""
    whole = page(review)
    kinds = list(Kind)
    driver = {
        "name": "planproof review",
        "version": whole.version,
        "rules": [
            {"id": kind.id, "shortDescription": {"text": f"{kind.value}."}, "properties": {"tags": ["security"]}}
            for kind in kinds
        ],
    }
    index = {kind.id: position for position, kind in enumerate(kinds)}
    results = [
        _result(sheet, section, line, index)
        for sheet in whole.sheets
        for section in sheet.sections
        for line in section.lines
    ]
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "exitCode": review.exit_code}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=True) + "\n"


def _result(sheet: Sheet, section: Section, line: Line, index: dict[str, int]) -> dict[str, Any]:
    left = f" Left: {line.left}." if line.left else ""
    name = f"{line.address or line.where}.{line.path}" if line.path else line.address or line.where
    uri = line.file or sheet.source
    parts = (sheet.name, section.kind, name, line.text)
    return {
        "ruleId": section.kind,
        "ruleIndex": index[section.kind],
        "kind": "fail" if section.level != "safe" else "informational",
        "level": LEVELS[section.level] if section.level != "safe" else "none",
        "message": {"text": f"{line.where}: {line.text}.{left}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": Path(uri).as_uri() if Path(uri).is_absolute() else quote(uri)},
                    "region": {"startLine": line.line or 1},
                },
                "logicalLocations": [{"fullyQualifiedName": name, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"planproof/review/v1": hashlib.sha256("\0".join(parts).encode()).hexdigest()},
    }
