"""The review as JSON, for programs: the same data as the other formats, complete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from planproof.review.reports.view import page

if TYPE_CHECKING:
    from planproof.review.reports.view import Sheet
    from planproof.review.reviewing import Review

FORMAT = 1


def render(review: Review) -> str:
    """One JSON object: `format`, `verdict`, `exit_code`, `plans`, `promotions`."""
    whole = page(review)
    data = {
        "format": FORMAT,
        "planproof": whole.version,
        "verdict": whole.level,
        "exit_code": review.exit_code,
        "plans": [_plan(sheet) for sheet in whole.sheets],
        "promotions": [to_builtins(one) for one in whole.crossings],
    }
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=True) + "\n"


def _plan(sheet: Sheet) -> dict[str, Any]:
    left_out = {"headline", "level", "sections", "rest", "actions"}
    return {
        **{key: value for key, value in to_builtins(sheet).items() if key not in left_out},
        "verdict": sheet.level,
        "actions": dict(sheet.actions),
        "effects": [to_builtins(section) for section in sheet.sections],
        "harmless": [{"action": action, "type": kind, "number": number} for action, kind, number in sheet.rest],
    }
