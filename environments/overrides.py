"""Settings given at deploy time, by environment variables.

PLATFORM__STAGING__DATABASE__INSTANCE_CLASS=db.t4g.large sets database.instance_class of staging.

The value is read as YAML where the setting is a list or a group, and as it
stands elsewhere. A name that is no setting is an error that names the closest one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from environments.model import Environment
from messages import UserError

PREFIX = "PLATFORM"
SEPARATOR = "__"


def apply(raw: dict[str, Any], name: str, variables: Mapping[str, str]) -> dict[str, Any]:
    """The raw settings of environment `name` with every override in `variables` put in; `raw` stays as it was.

    Raises UserError for all misspelt names and unreadable values at once.
    """
    problems: list[str] = []
    for variable in sorted(variables):
        environment, *path = variable.removeprefix(PREFIX + SEPARATOR).lower().split(SEPARATOR)
        if environment != name:
            continue
        try:
            raw = _put(raw, Environment, path, variables[variable], variable)
        except ValueError as problem:
            problems.append(str(problem))
    if problems:
        raise UserError(
            f"overrides of {name} cannot be used",
            *problems,
            hint="every setting and its limits are in environments/schema.json; unset the variable to use the file",
        )
    return raw


def refuse_unknown_environments(variables: Mapping[str, str], known: tuple[str, ...]) -> None:
    """Raise UserError when a variable overrides an environment that does not exist."""
    problems = []
    for variable in sorted(variables):
        environment = variable.removeprefix(PREFIX + SEPARATOR).split(SEPARATOR)[0].lower()
        if environment not in known:
            close = _closest(environment, known)
            problems.append(f"{variable}: there is no environment {environment!r}, closest is {close!r}")
    if problems:
        raise UserError("overrides cannot be used", *problems, hint="write PLATFORM__<ENVIRONMENT>__<SETTING>")


def _put(raw: Any, kind: Any, path: list[str], value: str, variable: str) -> Any:
    kind = _bare(kind)
    if not path:
        return _read(kind, value, variable)
    head, *rest = path
    choices, below = dict(_choices(kind, raw)), dict(raw or {})
    if head not in choices:
        close = variable.rsplit(SEPARATOR, len(path))[0] + SEPARATOR + _closest(head, tuple(choices)).upper()
        raise ValueError(f"{variable}: there is no such setting, closest is {close}")
    below[head] = _put(below.get(head), choices[head], rest, value, variable)
    return below


def _choices(kind: Any, raw: Any) -> Iterator[tuple[str, Any]]:
    """What may follow at this point of a path, and its type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield name, field.annotation
    elif get_origin(kind) is dict:
        for key in raw or ():
            yield str(key).lower(), get_args(kind)[1]


def _read(kind: Any, value: str, variable: str) -> Any:
    is_group = isinstance(kind, type) and issubclass(kind, BaseModel)
    if not is_group and get_origin(kind) not in (tuple, dict):
        return value
    try:
        return yaml.safe_load(value)
    except yaml.YAMLError as error:
        raise ValueError(f"{variable}: {value!r} is not YAML: {error}".replace("\n", " ")) from error


def _bare(kind: Any) -> Any:
    """The type without Annotated and without None."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        (only,) = [option for option in get_args(kind) if option is not NoneType] or [str]
        return _bare(only)
    return kind


def _closest(word: str, choices: tuple[str, ...]) -> str:
    found = get_close_matches(word, choices, n=1, cutoff=0.0)
    return found[0] if found else "none"
