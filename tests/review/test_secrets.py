"""No secret of a plan is in anything that is written about it: a review is posted where many people read."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest

from planproof.review.effect import Kind
from planproof.review.plan import of_bytes
from planproof.review.reports import FORMATS, render
from planproof.review.reviewing import Review, reviewed
from planproof.settings import Settings
from tests.review import plans
from tests.review.expected import EXPECTED, Expected
from tests.review.reviews import review_of

MADE_UP = "made-up-" + "Xq7vZ2pLm9Rt4Wc8"
KEY_ID = "AKIA" + "QX5ZN3PLR7WTB2MD"
TOKEN = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
GROUP = "aws_db_parameter_group.database_parameters"


def changed(edit: Any, **other: Any) -> Review:
    """The review of the plan of no change, in which one resource is changed by hand."""
    raw = plans.plan("nothing")
    for one in raw["resource_changes"]:
        if one["change"]["actions"] == ["no-op"]:
            one["change"].setdefault("after_sensitive", {})
            edit(one)
    raw.update(other)
    return reviewed([of_bytes(json.dumps(raw).encode(), name="staging", source="staging.json")], Settings())


def everywhere(review: Review) -> str:
    """Everything that can be written about a review."""
    return "\n".join(render(review, form) for form in FORMATS)


def group_with(value: str, marks: Any) -> Any:
    """An edit that puts a value into the retention and the description of a log group's neighbours."""

    def edit(one: dict[str, Any]) -> None:
        if one["type"] == "aws_ssm_parameter" or one["type"] == "aws_sqs_queue":
            change = one["change"]
            change["actions"] = ["update"]
            change["after"] = {**change["before"], "name": f"prefix-{value}-suffix", "redrive_policy": value}
            change["after_sensitive"] = marks

    return edit


def test_a_marked_secret_is_covered_wherever_it_stands() -> None:
    """The provider marks one attribute; the same value may be copied into another that nobody marked."""
    text = everywhere(changed(group_with(MADE_UP, {"redrive_policy": True})))

    assert MADE_UP not in text
    assert "(sensitive)" in text


@pytest.mark.parametrize(
    "form",
    [
        MADE_UP,
        base64.b64encode(MADE_UP.encode()).decode(),
        quote("made up/&" + MADE_UP, safe=""),
    ],
)
def test_a_sensitive_variable_is_covered_in_every_notation(form: str) -> None:
    """A password in an address is written with per cent signs, in user data as base64; it is the same password."""
    secret = "made up/&" + MADE_UP if "%" in form else MADE_UP
    variables = {"password": {"value": secret}}
    raw = plans.plan("nothing")
    root = raw["configuration"]["root_module"]
    root["variables"] = {"password": {"sensitive": True}}
    review = changed(group_with(form, {}), variables=variables, configuration=raw["configuration"])

    assert form.rstrip("=") not in everywhere(review)


@pytest.mark.parametrize("secret", [KEY_ID, TOKEN])
def test_a_token_that_nobody_marked_is_found_and_covered(secret: str) -> None:
    """Access keys and tokens are known by their form, wherever somebody put them."""
    review = changed(group_with(secret, {}))
    text = everywhere(review)

    assert secret not in text
    assert review.plans[0].of(Kind.SECRET)


def test_a_password_in_an_environment_variable_is_found_by_its_name() -> None:
    """The commonest leak of a platform: DATABASE_PASSWORD in a task definition."""

    def edit(one: dict[str, Any]) -> None:
        if one["type"] == "aws_ecs_task_definition":
            change = one["change"]
            containers = json.loads(change["before"]["container_definitions"])
            containers[0]["environment"] = [{"name": "LEDGER_PASSWORD", "value": MADE_UP}]
            change["actions"] = ["delete", "create"]
            change["after"] = {**change["before"], "container_definitions": json.dumps(containers)}

    review = changed(edit)

    assert MADE_UP not in everywhere(review)
    assert review.plans[0].of(Kind.SECRET)


def test_a_shortened_text_does_not_show_half_a_secret() -> None:
    """A value is cut for the reader's sake after its secrets are covered, never before."""
    review = changed(group_with("x" * 50 + " " + KEY_ID, {}))

    assert KEY_ID[:10] not in everywhere(review)


def test_a_secret_in_a_plain_output_is_found() -> None:
    """Outputs are copied into pipelines and tickets."""
    outputs = {"entrance_password": {"actions": ["update"], "before": "a", "after": MADE_UP, "after_sensitive": False}}
    review = changed(dict, output_changes=outputs)

    assert [one.where for one in review.plans[0].of(Kind.SECRET)] == ["output.entrance_password"]
    assert MADE_UP not in everywhere(review)


@pytest.mark.parametrize("expected", [one for one in EXPECTED if one.planted], ids=lambda one: one.name)
def test_no_planted_secret_of_a_real_plan_is_written_anywhere(expected: Expected) -> None:
    """Terraform's own plans hold the values in the clear; not one byte of them leaves the review."""
    text = everywhere(review_of(expected.name, expected.environment))

    assert [one for one in expected.planted if one in text] == []
