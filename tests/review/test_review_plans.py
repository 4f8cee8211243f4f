"""The stored plans are whole, are what their stories say, and are small enough to keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.review import plans
from tests.review.expected import EXPECTED, PROMOTIONS, Expected
from tests.review.generate.changes import CHANGES
from tests.review.plans import FOLDER, Plan

pytestmark = pytest.mark.slow

LARGEST = 5_000_000
MANY = 100
FEWEST_PROMOTIONS = 3

EACH = pytest.mark.parametrize("expected", EXPECTED, ids=[expected.name for expected in EXPECTED])


def touched(plan: Mapping[str, Any]) -> Iterator[str]:
    """Everything the plan changes, moves, takes over, or found to be changed, and the groups whose rules it changes."""
    groups = {
        change["change"]["before"]["id"]: change["address"]
        for change in plan.get("resource_changes", [])
        if change["type"] == "aws_security_group" and change["change"]["before"]
    }
    for change in plan.get("resource_changes", []):
        moved = "previous_address" in change or "importing" in change["change"]
        if moved or change["change"]["actions"] not in (["no-op"], ["read"]):
            yield change["address"]
            yield change.get("previous_address", "")
            yield from rule_of(change["change"], groups)
    for drift in plan.get("resource_drift", []):
        yield drift["address"]
    for name, output in plan.get("output_changes", {}).items():
        if output["actions"] != ["no-op"]:
            yield name


def rule_of(change: Plan, groups: dict[str, str]) -> Iterator[str]:
    """The security group that a changed rule is part of."""
    for values in (change["before"], change["after"]):
        group = (values or {}).get("security_group_id")
        if group in groups:
            yield groups[group]


def test_every_change_has_its_plan_and_every_plan_its_change() -> None:
    """Nobody reads an expectation that nothing is held against, nor keeps a plan that proves nothing."""
    planned = set(plans.names())
    within = {member for expected in EXPECTED for member in expected.members}

    assert planned == {expected.name for expected in EXPECTED}
    assert len(planned | within) >= MANY
    assert within <= {change.name for change in CHANGES}


@EACH
def test_a_plan_does_what_its_story_says(expected: Expected) -> None:
    """Each effect is of something that the plan touches: a review cannot be asked for what is not there."""
    found = set(touched(plans.read(expected.name)))

    assert plans.story(expected.name) == expected.story
    assert [effect for effect in expected.effects if not any(effect[1] in address for address in found)] == []
    assert expected.effects or found <= {"owner", "account_id", "dashboard_name"}


@EACH
def test_a_plan_is_read_whole(expected: Expected) -> None:
    """What is given back is one plan in itself: what stays is planned, what goes is not, and nothing is left over."""
    plan = plans.read(expected.name)
    changes = {change["address"]: change["change"] for change in plan.get("resource_changes", [])}
    resources = plan["planned_values"]["root_module"].get("resources", [])
    planned = {item["address"]: item.get("values", {}) for item in resources}  # without a known value, without values

    assert list(changes) == sorted(changes)
    for address, change in changes.items():
        if change["actions"] == ["no-op"]:
            assert change["before"] == change["after"] == planned[address]
        elif "create" in change["actions"] or "update" in change["actions"]:
            assert planned[address] == change["after"]
        elif change["actions"] in (["delete"], ["forget"]):
            assert not planned.get(address)


@EACH
def test_secrets_are_where_they_were_planted(expected: Expected) -> None:
    """That a review does not show a secret means something only when the plan holds it."""
    text = json.dumps(plans.read(expected.name)).replace("\\\\", "\\")

    assert [secret for secret in expected.planted if json.dumps(secret).strip('"') not in text] == []


def test_promotions_are_made_of_stored_plans() -> None:
    """A release is compared between environments, each with a plan of its own against what runs there."""
    environments = {expected.name: expected.environment for expected in EXPECTED}

    assert len(PROMOTIONS) >= FEWEST_PROMOTIONS
    for promotion in PROMOTIONS:
        assert {name: environments[plan] for name, plan in promotion.plans.items()} == {
            name: name for name in promotion.plans
        }


def test_the_plans_are_small_enough_to_keep() -> None:
    """Two megabytes each would make this repository a heavy thing to clone."""
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < LARGEST
