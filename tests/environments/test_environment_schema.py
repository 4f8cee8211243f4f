"""The JSON Schemas with which an editor completes and checks the YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from environments import NAMES, schema
from environments.application import Application
from tests.environments.environment_files import changed, committed, refusal

SCHEMAS = {name: json.loads((schema.FOLDER / name).read_text(encoding="utf-8")) for name in schema.schemas()}
FILES = {**dict.fromkeys(NAMES, schema.ENVIRONMENT), "application": schema.APPLICATION}
"""The schema of each file."""


def problems(raw: Any, name: str = schema.ENVIRONMENT) -> list[tuple[str, str]]:
    """Where and why a schema refuses the data."""
    validator = jsonschema.Draft202012Validator(SCHEMAS[name])
    return sorted((error.json_path, str(error.validator)) for error in validator.iter_errors(raw))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_current(name: str) -> None:
    """An editor never offers what is refused, or hides what is possible; the command brings it up to date."""
    assert (schema.FOLDER / name).read_text(encoding="utf-8") == schema.schemas()[name], "run: make docs"


def test_the_command_writes_the_schemas(tmp_path: Path) -> None:
    """`make docs` writes the same bytes each time, so that a change of a schema is a change of the settings."""
    schema.main(tmp_path)

    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {name: (schema.FOLDER / name).read_bytes() for name in SCHEMAS}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_one(name: str) -> None:
    """Every editor can read it."""
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("file", FILES)
def test_the_schema_accepts_what_is_deployed(file: str) -> None:
    """No editor underlines a file that works."""
    assert problems(committed(file), FILES[file]) == []


@pytest.mark.parametrize("file", FILES)
def test_each_file_names_its_schema(file: str) -> None:
    """An editor finds the schema without being set up."""
    first = (schema.FOLDER / f"{file}.yaml").read_text(encoding="utf-8").splitlines()[0]

    assert first == f"# yaml-language-server: $schema={FILES[file]}"


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        ("services.payments.exposure", "open", "$.services.payments.exposure", "enum"),
        ("services.payments.port", 80, "$.services.payments.port", "anyOf"),
        ("services.payments.call", {}, "$.services.payments", "additionalProperties"),
        ("services.payments.calls.ledger", "why", "$.services.payments.calls.ledger", "minLength"),
        ("ownership.cost_center", "1200", "$.ownership.cost_center", "pattern"),
        ("repository", "payflow", "$.repository", "pattern"),
        ("services", {}, "$.services", "minProperties"),
    ],
)
def test_the_schema_of_the_product_refuses_what_is_refused(path: str, value: Any, where: str, why: str) -> None:
    """A service that cannot be built is underlined while it is written."""
    raw = changed(committed("application"), path, value)

    assert problems(raw, schema.APPLICATION) == [(where, why)]
    with pytest.raises(ValidationError):
        Application.model_validate(raw)


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
