"""From YAML files and overrides to environments, or to one message with every problem in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from environments.model import Environment
from environments.overrides import PREFIX, SEPARATOR, apply, at, refuse_unknown_environments
from environments.yaml_text import parse, shortly
from messages import UserError

FOLDER = Path(__file__).parent
APPLICATION = "application.yaml"
NAMES = ("dev", "staging", "prod")
"""In the order in which a change travels."""

ELSEWHERE = {"name": "it is what the file is called", "application": "it is what application.yaml says"}
"""Settings of an environment that its file does not hold."""


def load_all(variables: Mapping[str, str], folder: Path = FOLDER) -> tuple[Environment, ...]:
    """Every environment, in order; `variables` are the process's environment variables.

    Raises UserError when a file, an override or a combination cannot be used.
    """
    overrides = {key: value for key, value in variables.items() if key.startswith(PREFIX + SEPARATOR)}
    refuse_unknown_environments(overrides, NAMES)
    environments = tuple(load(name, overrides, folder) for name in NAMES)
    _refuse_overlap(environments)
    return environments


def load(name: str, overrides: Mapping[str, str], folder: Path = FOLDER) -> Environment:
    """One environment. Raises UserError when its file or an override cannot be used."""
    file = folder / f"{name}.yaml"
    settings = _read(file)
    given = [f"{key}: {source}" for key, source in ELSEWHERE.items() if key in settings]
    if given:
        raise UserError(f"environments/{file.name} cannot be used", *given, hint="remove it from this file")
    raw = {**settings, "name": name, "application": _read(folder / APPLICATION)}
    try:
        return Environment.model_validate(apply(raw, name, overrides))
    except ValidationError as error:
        problems = _without_consequences(error.errors(include_url=False))
        files = {APPLICATION if problem["loc"][:1] == ("application",) else file.name for problem in problems}
        raise UserError(
            f"{' and '.join(f'environments/{each}' for each in sorted(files))} cannot be used",
            *sorted(_sentence(problem, name, overrides) for problem in problems),
            hint=f"every setting, its limits and its default are in {_schemas_of(files)}",
        ) from None


def _schemas_of(files: set[str]) -> str:
    names = sorted({"application.schema.json" if file == APPLICATION else "schema.json" for file in files})
    return " and ".join(f"environments/{name}" for name in names)


def _read(file: Path) -> dict[str, Any]:
    where = f"environments/{file.name} cannot be read"
    try:
        raw = parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(where, "there is no such file", hint=f"restore it, or write {file.name}") from None
    except OSError as error:
        raise UserError(where, str(error.strerror), hint="make it a file that you may read") from None
    except UnicodeDecodeError as error:
        raise UserError(where, f"it is not UTF-8: {error.reason}", hint="save it as UTF-8") from None
    except ValueError as problem:
        raise UserError(where, str(problem), hint="correct the YAML at that place") from None
    if not isinstance(raw, dict):
        found = "nothing" if raw is None else f"a {type(raw).__name__}"
        raise UserError(where, f"expected settings by name, got {found}", hint="start from another environment's file")
    return raw


def _without_consequences(problems: Sequence[Any]) -> list[Any]:
    """The problems without those of a list that is only too short because something in it is wrong."""
    wrong = {problem["loc"][:-1] for problem in problems}
    return [problem for problem in problems if problem["type"] != "too_short" or problem["loc"] not in wrong]


def _sentence(problem: Any, name: str, overrides: Mapping[str, str]) -> str:
    """One problem as `setting: what is wrong, got the value`, and the variables that had a part in it."""
    path = tuple(str(part) for part in problem["loc"] if part != "[key]")
    place = "".join(f"{part}." for part in path)[:-1]
    text = str(problem["msg"])
    if problem["type"] == "missing":
        said = "is missing"
    elif problem["type"] == "value_error":
        said = text.removeprefix("Value error, ")
    else:
        said = f"{text[:1].lower()}{text[1:]}, got {shortly(problem['input'])}"
    set_by = ", ".join(at(path, name, overrides))
    return (f"{place}: " if place else "") + said + (f" (set by {set_by})" if set_by else "")


def _refuse_overlap(environments: tuple[Environment, ...]) -> None:
    """Environments are peered sooner or later: their addresses never overlap, and account and domain are used once."""
    problems = []
    for one, other in combinations(environments, 2):
        if one.account_id == other.account_id:
            problems.append(f"account_id of {one.name} and {other.name} is the same: {one.account_id}")
        if one.network.cidr.overlaps(other.network.cidr):
            problems.append(
                f"network.cidr of {one.name} and {other.name} overlap: {one.network.cidr} and {other.network.cidr}"
            )
        if one.domain and other.domain and one.domain.name == other.domain.name:
            problems.append(f"domain.name of {one.name} and {other.name} is the same: {one.domain.name}")
    if problems:
        raise UserError(
            "environments do not fit together",
            *problems,
            hint="give each environment an account, an address range and a domain of its own",
        )
