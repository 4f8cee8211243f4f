"""The report for programs; also what a baseline is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from planproof import __version__
from planproof.reports.view import entries, entry, questions

if TYPE_CHECKING:
    from planproof.checking import Report
    from planproof.reports.view import Entry


def render(report: Report) -> str:
    """The report as JSON, keys in a fixed order."""
    return json.dumps(whole(report), indent=2, ensure_ascii=True) + "\n"


def whole(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "planproof": __version__,
        "as_of": report.as_of.isoformat(),
        "exit_code": report.exit_code,
        "documents": [
            {"name": one.name, "kind": one.kind, "source": one.source, "resources": len(one.resources)}
            for one in report.documents
        ],
        "counts": asdict(report.counts),
        "findings": [_finding(one) for one in entries(report)],
        "undecided": [asdict(one) for one in questions(report)],
        "waived": [
            {
                **_finding(entry(one.finding)),
                "because": one.waiver.because,
                "owner": one.waiver.owner,
                "until": one.waiver.until.isoformat(),
            }
            for one in report.waived
        ],
        "known": [_finding(entry(one)) for one in report.known],
        "defects": [asdict(one) for one in report.defects],
        "notes": list(report.notes),
    }


def _finding(one: Entry) -> dict[str, Any]:
    return asdict(one) | {"controls": list(one.controls)}
