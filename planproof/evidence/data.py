"""The evidence as JSON, for programs."""

from __future__ import annotations

import json

from msgspec import to_builtins

from planproof.evidence.model import Evidence


def render(evidence: Evidence) -> str:
    """Everything, keys in a fixed order."""
    return json.dumps(to_builtins(evidence), indent=1, ensure_ascii=True) + "\n"
