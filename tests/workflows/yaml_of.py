"""The workflows and actions of the repository as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github/actions").glob("*/action.yml"))


def read(file: Path) -> dict[str, Any]:
    """A workflow; the key `on`, which YAML 1.1 takes for true, by its name."""
    raw: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {"on" if key is True else str(key): value for key, value in raw.items()}


def workflow(name: str) -> dict[str, Any]:
    """One workflow by the name of its file."""
    return read(ROOT / f".github/workflows/{name}.yml")


def steps(file: Path) -> Iterator[dict[str, Any]]:
    """Every step of a workflow or an action."""
    data = read(file)
    for job in data.get("jobs", {}).values():
        yield from job["steps"]
    yield from data.get("runs", {}).get("steps", [])


def script(name: str, job: str, step: str) -> str:
    """What one named step of a workflow runs."""
    (found,) = (one["run"] for one in workflow(name)["jobs"][job]["steps"] if one.get("name") == step)
    return str(found)
