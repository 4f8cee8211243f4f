"""How much of what can go wrong planproof sees: over a thousand faults, one at a time, in the real environments.

Here a sample of them; `make mutants` makes them all, prints the score and names the survivors.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.proofs.faults import Seeded, harmful, harmless, sample
from tests.proofs.harmful import EXCUSED, HARMFUL, excused, harm
from tests.proofs.harmless import HARMLESS
from tests.proofs.operators import OPERATORS
from tests.proofs.score import score, told

pytestmark = pytest.mark.slow

Configurations = dict[str, dict[str, Any]]
FAULTS = 1000


@pytest.fixture(scope="module")
def bad(synthesized: Configurations) -> list[Seeded]:
    """Every harmful fault."""
    return list(harmful(synthesized))


@pytest.fixture(scope="module")
def good(synthesized: Configurations) -> list[Seeded]:
    """Every harmless change."""
    return list(harmless(synthesized))


def test_the_faults_reach_everything(synthesized: Configurations, bad: list[Seeded], good: list[Seeded]) -> None:
    """A score says something only about what was broken: every operator, change, environment and type of resource."""
    types = {type_ for raw in synthesized.values() for type_ in raw["resource"]}

    assert len(bad) >= FAULTS
    assert {one.operator for one in bad} == set(OPERATORS)
    assert {one.operator for one in good} == set(HARMLESS)
    assert {one.environment for one in bad} == set(synthesized)
    assert types - {one.address.partition(".")[0] for one in (*bad, *good)} == set()


def test_each_fault_is_one_of_its_kind(bad: list[Seeded], good: list[Seeded]) -> None:
    """A fault counted twice makes the score look better than it is."""
    names = [one.name for one in (*bad, *good)]

    assert len(names) == len(set(names))


def test_each_line_of_the_tables_says_why() -> None:
    """A reader who doubts a class reads the reason beside it; what is excused is not counted as harm too."""
    assert [line for line in (*EXCUSED, *HARMFUL) if not line[2] or line[0] not in {"*", *OPERATORS}] == []
    assert excused("flipped", "aws_route53_record.allow_overwrite")
    assert harm("flipped", "aws_route53_record.allow_overwrite") is None
    assert harm("flipped", "aws_db_instance.publicly_accessible")


@pytest.mark.no_cover
def test_a_sample_of_the_harm_is_seen(synthesized: Configurations, bad: list[Seeded]) -> None:
    """The full score takes minutes; what would ruin it is seen in seconds. One of 48 may survive."""
    found = score(synthesized, sample(bad, 48), workers=1)

    assert len(found.survivors) <= 1, "\n".join(told(found))
    assert found.crashes == ()


@pytest.mark.no_cover
def test_a_sample_of_the_harmless_is_left_alone(synthesized: Configurations, good: list[Seeded]) -> None:
    """One false alarm, and people stop to read."""
    found = score(synthesized, sample(good, 12)[:12], workers=1)

    assert [(one.seeded.name, one.alone, one.compared) for one in found.alarms] == []
    assert found.crashes == ()
