"""Who must look at which kind of effect: the section `review` of planproof.yaml.

review:
  approvers:              # who answers for a kind; `default` for the others
    data-destroyed: database owners
    default: platform team
  levels:                 # what a kind asks for, where it differs from the built-in level
    cost-up: safe
  environments:           # the same, for one environment
    dev: {downtime: safe, data-lost: needs a human}
  cost_percent: 10        # a bill that grows by more needs a human
  revision: revision      # the Terraform variable that holds the commit
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from planproof.errors import UserError
from planproof.review.effect import LEVELS, Kind, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.settings import Settings

KINDS: Final = {kind.id: kind for kind in Kind}
WORDS: Final = {"safe": Level.SAFE, "human": Level.HUMAN, "needs a human": Level.HUMAN, "blocked": Level.BLOCKED}
KEYS: Final = frozenset({"approvers", "levels", "environments", "cost_percent", "revision"})
ANYBODY: Final = "anybody who may approve"


class Policy(Struct, frozen=True):
    """The level of each kind, by environment, and who answers for it."""

    approvers: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[Kind, Level] = field(default_factory=dict)
    environments: Mapping[str, Mapping[Kind, Level]] = field(default_factory=dict)
    cost_percent: int = 10
    revision: str = "revision"

    def level(self, kind: Kind, environment: str) -> Level:
        """What an effect of this kind asks of people in this environment."""
        own = self.environments.get(environment, {})
        return own.get(kind, self.levels.get(kind, LEVELS.get(kind, Level.SAFE)))

    def approver(self, kind: Kind) -> str:
        """Who answers for effects of this kind."""
        return self.approvers.get(kind.id, self.approvers.get("default", ANYBODY))


def policy_of(settings: Settings) -> Policy:
    """The policy that planproof.yaml states. Raises `UserError` for what is none, all problems at once."""
    section = settings.section("review")
    problems = [f"review.{key}: no such setting" for key in section if key not in KEYS]
    approvers = _mapping(section, "approvers", problems)
    for key, who in approvers.items():
        if key != "default":
            problems.extend(_unknown_kind(f"review.approvers.{key}", key))
        if not isinstance(who, str):
            problems.append(f"review.approvers.{key}: expected a name, got {who!r}")
    levels = _levels("review.levels", _mapping(section, "levels", problems), problems)
    environments = {}
    for name, found in _mapping(section, "environments", problems).items():
        where = f"review.environments.{name}"
        if settings.environments and name not in settings.environments:
            problems.append(f"{where}: the environments are {', '.join(settings.environments)}")
        if isinstance(found, Mapping):
            environments[str(name)] = _levels(where, found, problems)
        else:
            problems.append(f"{where}: expected a mapping, got {found!r}")
    percent = section.get("cost_percent", 10)
    if not isinstance(percent, int) or isinstance(percent, bool) or percent < 0:
        problems.append(f"review.cost_percent: expected a whole number of per cent, got {percent!r}")
    revision = section.get("revision", "revision")
    if not isinstance(revision, str):
        problems.append(f"review.revision: expected the name of a variable, got {revision!r}")
    if problems:
        raise UserError(
            f"{settings.source} cannot be used", *problems, hint=f"the kinds of effects are {', '.join(KINDS)}"
        )
    return Policy(approvers, levels, environments, percent, revision)


def _mapping(section: Mapping[str, Any], key: str, problems: list[str]) -> Mapping[str, Any]:
    found = section.get(key, {})
    if not isinstance(found, Mapping):
        problems.append(f"review.{key}: expected a mapping, got {found!r}")
        return {}
    return found


def _levels(where: str, found: Mapping[str, Any], problems: list[str]) -> dict[Kind, Level]:
    levels: dict[Kind, Level] = {}
    for key, word in found.items():
        problems.extend(_unknown_kind(f"{where}.{key}", key))
        if word not in WORDS:
            problems.append(f"{where}.{key}: expected safe, human or blocked, got {word!r}")
        elif key in KINDS:
            levels[KINDS[key]] = WORDS[word]
    return levels


def _unknown_kind(where: str, key: str) -> Iterator[str]:
    if key not in KINDS:
        near = get_close_matches(str(key), KINDS, 1)
        yield f"{where}: no such kind" + (f", did you mean {near[0]}?" if near else "")
