"""The official JSON Schema of SARIF 2.1.0, as Microsoft's SARIF SDK for JavaScript carries it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import jsonschema

FILE: Final = Path(__file__).parent.parent / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def problems(log: str) -> list[str]:
    """Where and how a log is not as the schema demands."""
    schema: Any = json.loads(FILE.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return sorted(f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(log)))
