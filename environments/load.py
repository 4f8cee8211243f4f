"""From YAML files and overrides to environments, or to one message with every problem in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from environments.model import Environment
from environments.overrides import PREFIX, SEPARATOR, apply, refuse_unknown_environments
from messages import UserError

FOLDER = Path(__file__).parent
APPLICATION = "application.yaml"
NAMES = ("dev", "staging", "prod")
"""In the order in which a change travels."""


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
    raw = {**_read(file), "name": name, "application": _read(folder / APPLICATION)}
    try:
        return Environment.model_validate(apply(raw, name, overrides))
    except ValidationError as error:
        raise UserError(
            f"environments/{file.name} cannot be used",
            *sorted(_sentence(problem) for problem in error.errors(include_url=False)),
            hint="every setting, its limits and its default are in environments/schema.json",
        ) from None


def _read(file: Path) -> dict[str, Any]:
    where = f"environments/{file.name} cannot be read"
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=_UniqueKeys)  # noqa: S506 - derived from SafeLoader
    except FileNotFoundError:
        raise UserError(where, "there is no such file", hint=f"restore it, or write {file.name}") from None
    except UnicodeDecodeError as error:
        raise UserError(where, f"it is not UTF-8: {error.reason}", hint="save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise UserError(where, f"{place}{error.problem}", hint="correct the YAML at that place") from None
    except yaml.YAMLError as error:
        raise UserError(where, str(error).splitlines()[0], hint="correct the YAML") from None
    if not isinstance(raw, dict):
        found = "nothing" if raw is None else f"a {type(raw).__name__}"
        raise UserError(where, f"expected settings by name, got {found}", hint="start from another environment's file")
    return raw


class _UniqueKeys(yaml.SafeLoader):
    """YAML in which a key that stands twice is an error, not a silent overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _sentence(problem: Any) -> str:
    """One problem as `setting: what is wrong, got the value`."""
    place = ".".join(str(part) for part in problem["loc"])
    text = str(problem["msg"]).removeprefix("Value error, ")
    text = text[:1].lower() + text[1:]
    if problem["type"] == "missing":
        return f"{place}: is missing"
    if problem["type"] == "value_error":
        return f"{place}: {text}" if place else text
    return f"{place}: {text}, got {problem['input']!r}"


def _refuse_overlap(environments: tuple[Environment, ...]) -> None:
    """Environments are peered sooner or later: their addresses never overlap, and an account is used once."""
    problems = []
    for index, one in enumerate(environments):
        for other in environments[index + 1 :]:
            if one.network.cidr.overlaps(other.network.cidr):
                problems.append(
                    f"network.cidr of {one.name} and {other.name} overlap: {one.network.cidr} and {other.network.cidr}"
                )
    if problems:
        raise UserError("environments do not fit together", *problems, hint="give each environment a range of its own")
