"""The JSON Schema that lets an editor complete and check the YAML: `python -m environments.schema`."""

from __future__ import annotations

import json
from pathlib import Path

from environments.load import ELSEWHERE
from environments.model import Environment

FILE = Path(__file__).with_name("schema.json")


def schema() -> str:
    """The schema of one environment's file: what the file's name and application.yaml say is left out."""
    raw = Environment.model_json_schema()
    for elsewhere in ELSEWHERE:
        del raw["properties"][elsewhere]
        raw["required"].remove(elsewhere)
    for unused in ("Application", "Role", "Ownership"):
        raw["$defs"].pop(unused)
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **raw}, indent=2) + "\n"


def main(file: Path = FILE) -> None:
    """Bring the schema up to date."""
    file.write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
