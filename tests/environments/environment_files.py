"""The committed YAML files with one thing changed, and what is said about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from environments.load import FOLDER, load
from environments.model import Environment
from messages import UserError

HINT = "hint: every setting, its limits and its default are in environments/"
OVERRIDE_HINT = "hint: every setting and its limits are in environments/schema.json; unset the variable to use the file"

NIGHT = {"at": "cron(0 22 * * ? *)", "min_tasks": 2, "max_tasks": 4}


@cache
def committed(name: str) -> Any:
    """The data of a committed file, read without the code under test; not to be changed."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def changed(raw: Any, path: str, value: Any) -> Any:
    """A copy of `raw` in which the setting at `path` has `value`; groups that are missing are made."""
    copy = deepcopy(raw)
    *above, last = path.split(".")
    place = copy
    for part in above:
        place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return copy


def write(folder: Path, changes: Mapping[str, Any] | None = None, name: str = "staging") -> Path:
    """Put all four files into `folder`, with `changes` in the file of `name` or, below application, of the product."""
    files = {each: committed(each) for each in ("application", "dev", "staging", "prod")}
    files["staging"] = changed(files["staging"], "services.payments.schedules", [NIGHT])
    for path, value in (changes or {}).items():
        if path.startswith("application."):
            files["application"] = changed(files["application"], path.removeprefix("application."), value)
        else:
            files[name] = changed(files[name], path, value)
    for each, raw in files.items():
        (folder / f"{each}.yaml").write_text(json.dumps(raw), encoding="utf-8")  # JSON is YAML, and quicker
    return folder


def staging(folder: Path, changes: Mapping[str, Any] | None = None, **variables: str) -> Environment:
    """The staging environment with `changes` and overrides."""
    return load("staging", variables, write(folder, changes))


def refusal(folder: Path, changes: Mapping[str, Any] | None = None, **variables: str) -> str:
    """What is said about staging with `changes` and overrides."""
    with pytest.raises(UserError) as refused:
        staging(folder, changes, **variables)
    return str(refused.value)


def message(*problems: str, file: str = "staging") -> str:
    """The whole message about values in one file that cannot be used."""
    lines = "".join(f"  {problem}\n" for problem in problems)
    schema = "application.schema.json" if file == "application" else "schema.json"
    return f"environments/{file}.yaml cannot be used\n{lines}\n{HINT}{schema}"


def names_of(cases: list[tuple[dict[str, Any], str]]) -> list[str]:
    """What each case changes, as the name of its test."""
    return [",".join(f"{path}={str(value)[:30]}" for path, value in changes.items()) for changes, _ in cases]


@cache
def schema_limits(*kinds: str) -> dict[str, dict[str, Any]]:
    """Every setting that has one of these limits, by path, where `*` stands for each name or place of a list."""
    schema = Environment.model_json_schema()
    found: dict[str, dict[str, Any]] = {}

    def walk(node: Any, path: tuple[str, ...]) -> None:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        limits = {kind: node[kind] for kind in kinds if kind in node}
        if limits:
            found[".".join(path)] = limits
        for choice in node.get("anyOf", ()):
            walk(choice, path)
        for name, below in node.get("properties", {}).items():
            walk(below, (*path, name))
        for below in (*node.get("patternProperties", {}).values(), *filter(None, [node.get("items")])):
            walk(below, (*path, "*"))

    walk(schema, ())
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]
