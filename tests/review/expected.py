"""What a review must say of each stored plan.

The expectation of a change stands beside it in tests/review/generate/changes/: there the
story, the edit and what a platform engineer would want to be told are read together.
`effects` are what a review has to name; it may name more (what depends on a replaced
database is changed with it), but nothing that makes the verdict another one.

The default policy:
blocked  data is destroyed or replaced and nothing protects it: no final snapshot, no backup,
         no recovery window, and AWS would not refuse; a secret stands in the plan unmarked or
         in the code; a data store or an administration port is opened to the whole internet;
         a trust, key, bucket or queue policy is opened to anyone
human    data is lost but protected; downtime; access widened; protection removed; drift that is
         not noise; cost up by more than a tenth
safe     the rest
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from tests.review.generate.change import Effect, Verdict
from tests.review.generate.changes import CHANGES
from tests.review.generate.changes.secrets import PLANTED
from tests.review.plans import names


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One stored plan and what its review must say."""

    name: str
    story: str
    verdict: Verdict
    effects: tuple[Effect, ...]
    environment: str
    members: tuple[str, ...]
    """The changes that it is made of, by name; nothing for a single one."""
    planted: tuple[str, ...]
    """Secrets that the plan holds, marked or not: none may appear in any output, byte for byte."""


@dataclass(frozen=True, kw_only=True)
class Promotion:
    """The plans of one release for each environment, and how prod's is different from staging's."""

    story: str
    plans: Mapping[str, str]
    only_in_prod: tuple[Effect, ...]
    """What prod gets that staging never ran."""
    not_in_prod: tuple[Effect, ...]
    """What staging ran that prod does not get."""


STORED: Final = frozenset(names())

EXPECTED: Final[tuple[Expected, ...]] = tuple(
    Expected(
        name=change.name,
        story=change.story,
        verdict=change.verdict,
        effects=change.effects,
        environment=change.environment,
        members=change.members,
        planted=tuple(secret for name in (change.name, *change.members) for secret in PLANTED.get(name, ())),
    )
    for change in CHANGES
    if change.name in STORED
)

INSTANCE = "aws_db_instance.database_instance"
ALARM = "aws_cloudwatch_metric_alarm.monitoring_database-cpu"

RELEASES: Final = (
    Promotion(
        story="One image goes through all environments.",
        plans=MappingProxyType(
            {"dev": "image-is-new-in-dev", "staging": "image-is-new", "prod": "image-is-new-in-prod"}
        ),
        only_in_prod=(),
        not_in_prod=(),
    ),
    Promotion(
        story="A larger database goes through all environments; in prod deletion protection is switched off as well.",
        plans=MappingProxyType(
            {
                "dev": "database-grows-in-dev",
                "staging": "database-grows-in-its-window",
                "prod": "database-grows-in-prod-and-loses-its-protection",
            }
        ),
        only_in_prod=(("protection-removed", INSTANCE),),
        not_in_prod=(),
    ),
    Promotion(
        story="Staging runs a release with a larger database and without an alarm; prod gets the image only.",
        plans=MappingProxyType(
            {
                "dev": "image-is-new-in-dev",
                "staging": "release-grows-the-database-and-drops-an-alarm",
                "prod": "image-is-new-in-prod",
            }
        ),
        only_in_prod=(),
        not_in_prod=(("downtime", INSTANCE), ("cost-up", INSTANCE), ("protection-removed", ALARM)),
    ),
    Promotion(
        story="Prod loses its read replica, which staging does not have and never rehearsed.",
        plans=MappingProxyType({"dev": "image-is-new-in-dev", "staging": "nothing", "prod": "read-replica-is-deleted"}),
        only_in_prod=(("data-destroyed", "aws_db_instance.database-readers_replica-1"),),
        not_in_prod=(),
    ),
)

PROMOTIONS: Final[tuple[Promotion, ...]] = tuple(
    replace(release, plans=MappingProxyType({name: plan for name, plan in release.plans.items() if plan in STORED}))
    for release in RELEASES
    if {release.plans["staging"], release.plans["prod"]} <= STORED
)
