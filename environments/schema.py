"""The JSON Schemas that let an editor complete and check the YAML: `python -m environments.schema`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from environments.application import Application
from environments.load import ELSEWHERE
from environments.model import Environment

FOLDER = Path(__file__).parent
ENVIRONMENT, APPLICATION = "schema.json", "application.schema.json"


def schemas() -> dict[str, str]:
    """The schema of an environment's file and that of application.yaml, by the names of their files."""
    return {ENVIRONMENT: _text(_environment()), APPLICATION: _text(Application.model_json_schema())}


def _environment() -> dict[str, Any]:
    """What the file's name and application.yaml say is left out."""
    raw = Environment.model_json_schema()
    for elsewhere in ELSEWHERE:
        del raw["properties"][elsewhere]
        raw["required"].remove(elsewhere)
    for unused in ("Application", "Role", "Ownership"):
        raw["$defs"].pop(unused)
    return raw


def _text(raw: Mapping[str, Any]) -> str:
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **raw}, indent=2) + "\n"


def main(folder: Path = FOLDER) -> None:
    """Bring the schemas up to date."""
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
