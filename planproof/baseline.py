"""A baseline: the findings of an earlier run, so that only new ones stop a change.

It is the JSON report of that run; findings are the same when environment,
rule, address and path are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planproof.document import decode
from planproof.engine import Finding
from planproof.errors import UserError

KEYS = ("environment", "rule", "address", "path")


def split(findings: Sequence[Finding], file: Path | None) -> tuple[list[Finding], list[Finding]]:
    """The new findings, and those that the baseline holds."""
    if file is None:
        return list(findings), []
    old = read(file)
    fresh = [one for one in findings if one.key not in old]
    return fresh, [one for one in findings if one.key in old]


def read(file: Path) -> frozenset[tuple[str, ...]]:
    """The keys of the findings in a JSON report. Raises `UserError` when it is none."""
    hint = "write one with: planproof check --format json --output baseline.json"
    try:
        raw = decode(file.read_bytes(), str(file))
        return frozenset(tuple(str(one[key]) for key in KEYS) for one in raw["findings"])
    except OSError as error:
        raise UserError(f"{file} cannot be read", error.strerror or "unreadable", hint=hint) from error
    except (KeyError, TypeError) as error:
        raise UserError(f"{file} is no baseline", "it is not a report of planproof", hint=hint) from error
