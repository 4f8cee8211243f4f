"""The JSON Schema with which an editor completes and checks the YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from environments import NAMES, schema
from tests.environments.environment_files import changed, committed, refusal

SCHEMA = json.loads(schema.FILE.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def problems(raw: Any) -> list[tuple[str, str]]:
    """Where and why the schema refuses the data."""
    return sorted((error.json_path, str(error.validator)) for error in VALIDATOR.iter_errors(raw))


def test_the_schema_is_current() -> None:
    """An editor never offers what is refused, or hides what is possible; the command brings it up to date."""
    assert schema.FILE.read_text(encoding="utf-8") == schema.schema(), "run: make docs"


def test_the_command_writes_the_schema(tmp_path: Path) -> None:
    """`make docs` writes the same bytes each time, so that a change of the schema is a change of the settings."""
    schema.main(tmp_path / "schema.json")

    assert (tmp_path / "schema.json").read_bytes() == schema.FILE.read_bytes()


def test_the_schema_is_one() -> None:
    """Every editor can read it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_what_is_deployed(name: str) -> None:
    """No editor underlines a file that works."""
    assert problems(committed(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_each_file_names_the_schema(name: str) -> None:
    """An editor finds the schema without being set up."""
    first = (schema.FILE.parent / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]

    assert first == f"# yaml-language-server: $schema={schema.FILE.name}"


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        ("databse", {}, "$", "additionalProperties"),
        ("database.storage_gb", 20, "$.database", "additionalProperties"),
        ("services.ledger.cpu", 512, "$.services.ledger", "additionalProperties"),
        ("name", "staging", "$", "additionalProperties"),
        ("database.storage_gib", 19, "$.database.storage_gib", "minimum"),
        ("database.multi_az", "yes", "$.database.multi_az", "type"),
        ("network.nat", "two", "$.network.nat", "enum"),
        ("account_id", "1", "$.account_id", "pattern"),
        ("network.zones", ["eu-west-1a", "eu-west-1a"], "$.network.zones", "uniqueItems"),
    ],
)
def test_the_schema_refuses_what_is_refused(path: str, value: Any, where: str, why: str, tmp_path: Path) -> None:
    """What would be refused at synthesis is underlined while it is written."""
    assert problems(changed(committed("staging"), path, value)) == [(where, why)]
    if value != "yes":  # which is read as what is meant
        assert refusal(tmp_path, {path: value})
