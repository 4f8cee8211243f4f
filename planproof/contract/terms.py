"""The contract as `planproof.yaml` writes it.

    contract:
      capacity:                    # a group: one rule judges its directions
        grows: {aws_db_instance: [allocated_storage]}
      differs: {aws_vpc: [cidr_block]}
      equal: {aws_kms_key: ["policy.*"]}
      appears: {staging: [aws_wafv2_web_acl]}
      yields: {prod: ["aws_iam_role_policy.*_connect-database_*"]}
      absent: {dev: [aws_db_proxy]}

Paths are written with the names of list items where they have one, `*` for
any: `container_definitions.*.image`. Resources are types, or addresses with `*`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from planproof.errors import UserError
from planproof.settings import Settings

GROUPS: Final = ("capacity", "retention", "zones", "protection")
DIRECTIONS: Final = ("grows", "shrinks", "turns_on", "turns_off")
PLACES: Final = ("appears", "yields", "absent")
PATHS: Final = ("differs", "equal")
SPECIAL: Final = re.compile(r"[*?[]")


class Term(Struct, frozen=True):
    """One line: paths of a type, with the group and the direction it stands under."""

    type: str
    path: str
    direction: str
    group: str = ""

    def covers(self, type: str, words: str) -> bool:
        """Whether the line speaks of an attribute."""
        if self.type != type:
            return False
        start = SPECIAL.split(self.path, maxsplit=1)[0]
        if start == self.path:
            return words == start or words.startswith(f"{start}.")
        return words.startswith(start) and self._matches(words)

    def _matches(self, words: str) -> bool:
        return fnmatchcase(words, self.path) or fnmatchcase(words, f"{self.path}.*")


class Contract(Struct, frozen=True, dict=True):
    """All lines, and where which resources may be."""

    environments: tuple[str, ...]
    terms: tuple[Term, ...]
    places: Mapping[str, Mapping[str, tuple[str, ...]]]

    def term(self, type: str, words: str) -> Term | None:
        """The first line that speaks of an attribute; what must be equal before all else."""
        return next((term for term in self._by_type.get(type, ()) if term.covers(type, words)), None)

    @cached_property
    def _by_type(self) -> Mapping[str, Sequence[Term]]:
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(term.type, []).append(term)
        return found

    def allows(self, place: str, environment: str, type: str, address: str) -> bool:
        """Whether the resources of an environment that a section names include this one."""
        patterns = self.places.get(place, {}).get(environment, ())
        return any(pattern == type or fnmatchcase(address, pattern) for pattern in patterns)


def contract(settings: Settings) -> Contract | None:
    """The contract of a project; None when it has none. Raises `UserError` for what is no term."""
    section = settings.section("contract")
    if not section:
        return None
    problems = [f"contract.{key}: no such part" for key in section if key not in {*GROUPS, *PLACES, *PATHS}]
    terms = [
        term for kind in reversed(PATHS) for term in _terms(section.get(kind), f"contract.{kind}", kind, "", problems)
    ]
    for group in GROUPS:
        for direction, lines in _mapping(section.get(group), f"contract.{group}", problems).items():
            if direction not in DIRECTIONS:
                problems.append(f"contract.{group}.{direction}: no such direction")
            else:
                terms.extend(_terms(lines, f"contract.{group}.{direction}", direction, group, problems))
    places = {
        place: {
            name: tuple(_texts(listed, f"contract.{place}.{name}", problems))
            for name, listed in _mapping(section.get(place), f"contract.{place}", problems).items()
        }
        for place in PLACES
    }
    if problems:
        raise UserError(
            f"{settings.source} cannot be used",
            *problems,
            hint=f"a contract has {', '.join((*GROUPS, *PATHS, *PLACES))}; a group has {', '.join(DIRECTIONS)}",
        )
    return Contract(settings.environments, tuple(terms), places)


def _terms(lines: Any, where: str, direction: str, group: str, problems: list[str]) -> list[Term]:
    return [
        Term(kind, path, direction, group)
        for kind, paths in _mapping(lines, where, problems).items()
        for path in _texts(paths, f"{where}.{kind}", problems)
    ]


def _mapping(value: Any, where: str, problems: list[str]) -> Mapping[str, Any]:
    if value is None or isinstance(value, Mapping):
        return value or {}
    problems.append(f"{where}: expected a mapping, got {value!r}")
    return {}


def _texts(value: Any, where: str, problems: list[str]) -> Sequence[str]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return value
    problems.append(f"{where}: expected a list of texts, got {value!r}")
    return ()
