"""The stored plans reviewed once, for every test that asks."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from planproof import settings
from planproof.review.plan import Plan, of_bytes
from planproof.review.reviewing import Review, reviewed
from tests.review import plans

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


def loaded(name: str, environment: str) -> Plan:
    """A stored plan as the review loads it."""
    return of_bytes(json.dumps(plans.read(name)).encode(), name=environment, source=f"{environment}.json")


@cache
def review_of(name: str, environment: str = "staging") -> Review:
    """The review of one stored plan under this repository's settings."""
    return reviewed([loaded(name, environment)], settings.near(ROOT))


def review_of_all(chosen: Mapping[str, str]) -> Review:
    """The review of the plans of several environments together."""
    return reviewed([loaded(name, environment) for environment, name in chosen.items()], settings.near(ROOT))
