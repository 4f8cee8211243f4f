"""Settings given at deploy time, by environment variables.

PLATFORM__STAGING__DATABASE__INSTANCE_CLASS=db.t4g.large sets database.instance_class of staging.

The value of a text setting is taken as it stands, every other one is read as YAML.
A name that is no setting is an error that names the closest one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from ipaddress import IPv4Network
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from environments.model import Environment
from environments.yaml_text import parse, shortly
from messages import UserError

PREFIX = "PLATFORM"
SEPARATOR = "__"
GIVEN_BY_THE_FILE = "name"
"""An environment is called what its file is called."""


def apply(raw: dict[str, Any], name: str, variables: Mapping[str, str]) -> dict[str, Any]:
    """The raw settings of environment `name` with every override in `variables` put in; `raw` stays as it was.

    Raises UserError for all misspelt names and unreadable values at once.
    """
    problems: list[str] = []
    for variable in sorted(variables):
        environment, *path = _parts(variable)
        if environment != name:
            continue
        try:
            if not path:
                raise ValueError(f"it names no setting, for example {variable}{SEPARATOR}REGION")  # noqa: TRY301 - said with the others
            raw = _put(raw, Environment, path, variables[variable], variable)
        except ValueError as problem:
            problems.append(f"{variable}: {problem}")
    if problems:
        raise UserError(
            f"overrides of {name} cannot be used",
            *problems,
            hint="every setting and its limits are in environments/schema.json; unset the variable to use the file",
        )
    return raw


def at(path: tuple[str, ...], name: str, variables: Mapping[str, str]) -> Iterator[str]:
    """The variables that set `path` of environment `name`, or something above or below it."""
    for variable in sorted(variables):
        environment, *theirs = _parts(variable)
        shared = min(len(path), len(theirs))
        if environment == name and list(path[:shared]) == theirs[:shared]:
            yield variable


def refuse_unknown_environments(variables: Mapping[str, str], known: tuple[str, ...]) -> None:
    """Raise UserError when a variable overrides an environment that does not exist."""
    problems = []
    for variable in sorted(variables):
        environment = _parts(variable)[0]
        if environment not in known:
            close = _closest(environment, known)
            problems.append(f"{variable}: there is no environment {environment!r}, closest is {close!r}")
    if problems:
        raise UserError("overrides cannot be used", *problems, hint="write PLATFORM__<ENVIRONMENT>__<SETTING>")


def _parts(variable: str) -> list[str]:
    return variable.removeprefix(PREFIX + SEPARATOR).lower().split(SEPARATOR)


def _put(raw: Any, kind: Any, path: list[str], value: str, variable: str) -> Any:
    kind = _bare(kind)
    if not path:
        return _read(kind, value)
    head, *rest = path
    above = variable.rsplit(SEPARATOR, len(path))[0]
    choices = dict(_choices(kind, raw))
    if not choices:
        raise ValueError(f"there is no setting below {above}")
    if head not in choices:
        raise ValueError(
            f"there is no such setting, closest is {above}{SEPARATOR}{_closest(head, tuple(choices)).upper()}"
        )
    if raw is not None and not isinstance(raw, dict):
        raise ValueError(f"the file has no group at {above}, but {shortly(raw)}")
    below = dict(raw or {})
    below[head] = _put(below.get(head), choices[head], rest, value, variable)
    return below


def _choices(kind: Any, raw: Any) -> Iterator[tuple[str, Any]]:
    """What may follow at this point of a path, and its type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if (kind, name) != (Environment, GIVEN_BY_THE_FILE):
                yield name, field.annotation
    elif get_origin(kind) is dict and isinstance(raw, dict):
        for key in raw:
            yield str(key).lower(), get_args(kind)[1]


def _read(kind: Any, value: str) -> Any:
    words = get_origin(kind) is Literal and all(isinstance(choice, str) for choice in get_args(kind))
    if kind in (str, IPv4Network) or words:
        return value
    try:
        return parse(value)
    except ValueError as error:
        raise ValueError(f"{shortly(value)} is not YAML: {error}") from None


def _bare(kind: Any) -> Any:
    """The type without Annotated and without None."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        (only,) = [option for option in get_args(kind) if option is not NoneType]
        return _bare(only)
    return kind


def _closest(word: str, choices: tuple[str, ...]) -> str:
    return get_close_matches(word, choices, n=1, cutoff=0.0)[0]
