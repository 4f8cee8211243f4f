"""A baseline: the findings of an earlier run, so that only new ones stop a change.

It is the JSON report of that run. A finding is the same when environment,
rule, address and path are, and what was found and expected there too: a port
that was open to half of the internet and is now open to all of it is a new
finding. Of a secret no value is kept, so another secret at the same place is
the same finding. Reports from before fingerprints are compared by their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planproof.document import decode
from planproof.engine import Finding
from planproof.errors import UserError
from planproof.reports.view import entry

WORDS = ("environment", "rule", "address", "path", "found", "expected")


def split(findings: Sequence[Finding], file: Path | None) -> tuple[list[Finding], list[Finding]]:
    """The new findings, and those that the baseline holds."""
    if file is None:
        return list(findings), []
    old = read(file)
    fresh: list[Finding] = []
    known: list[Finding] = []
    for one in findings:
        said = entry(one)
        words = tuple(str(getattr(said, word)) for word in WORDS)
        (known if (said.fingerprint,) in old or words in old else fresh).append(one)
    return fresh, known


def read(file: Path) -> frozenset[tuple[str, ...]]:
    """What tells the findings of a JSON report from others. Raises `UserError` when it is none."""
    hint = "write one with: planproof check --format json --output baseline.json"
    try:
        raw = decode(file.read_bytes(), str(file))
        return frozenset(map(_told, raw["findings"]))
    except OSError as error:
        raise UserError(f"{file} cannot be read", error.strerror or "unreadable", hint=hint) from error
    except (KeyError, TypeError) as error:
        raise UserError(f"{file} is no baseline", "it is not a report of planproof", hint=hint) from error


def _told(one: dict[str, Any]) -> tuple[str, ...]:
    if "fingerprint" in one:
        return (str(one["fingerprint"]),)
    return tuple(str(one[word]) for word in WORDS)
