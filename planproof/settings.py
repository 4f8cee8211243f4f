"""What `planproof.yaml` says: the order of the environments, and a section for each judge.

The file is optional. A section belongs to the judge it is named after, which
checks its inside; a section nobody knows is refused here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from planproof.errors import UserError

FILE: Final = "planproof.yaml"
SECTIONS: Final = frozenset(
    {"environments", "contract", "connectivity", "cost", "iam", "naming", "outputs", "evidence", "review"}
)


class Settings(Struct, frozen=True):
    """The environments from least to most important, and each judge's section."""

    environments: tuple[str, ...] = ()
    sections: Mapping[str, Any] = field(default_factory=dict)
    source: str = FILE

    def section(self, name: str) -> Mapping[str, Any]:
        """One judge's section; empty when the file does not have it."""
        found = self.sections.get(name)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            raise UserError(
                f"{self.source} cannot be used",
                f"{name}: expected a mapping, got {found!r}",
                hint=f"write the settings of {name} indented below it",
            )
        return found


def read(file: Path) -> Settings:
    """The settings in a file. Raises `UserError` for what is no setting."""
    import yaml  # noqa: PLC0415 - only runs with a settings file pay for it

    try:
        data = file.read_bytes()
        try:
            raw = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe one
        except yaml.YAMLError:
            raw = yaml.safe_load(data)  # slower, and it says better what is wrong
    except OSError as error:
        raise UserError(
            f"{file} cannot be read", error.strerror or "unreadable", hint="name a file that exists"
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UserError(
            f"{file} cannot be used", " ".join(str(error).split()), hint="write it as YAML, in UTF-8"
        ) from error
    raw = {} if raw is None else raw
    if not isinstance(raw, dict):
        raise UserError(f"{file} cannot be used", f"expected a mapping, got {raw!r}", hint="see docs/planproof.yaml")
    problems = [f"{key}: no such setting" for key in raw if key not in SECTIONS]
    names = raw.get("environments", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        problems.append(f"environments: expected a list of names, got {names!r}")
    elif len(set(names)) != len(names):
        problems.append(f"environments: a name stands twice in {names!r}")
    if problems:
        raise UserError(f"{file} cannot be used", *problems, hint=f"the settings are {', '.join(sorted(SECTIONS))}")
    sections = {key: value for key, value in raw.items() if key != "environments"}
    return Settings(tuple(names), sections, str(file))


def near(folder: Path) -> Settings:
    """The settings in a folder; the defaults when there is no file."""
    file = folder / FILE
    return read(file) if file.is_file() else Settings()
