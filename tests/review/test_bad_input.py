"""What is no plan, or not one change, is refused with one message; nothing is reviewed by mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planproof import settings
from planproof.errors import UserError
from planproof.review.plan import load, of_bytes
from planproof.review.reviewing import reviewed
from tests.review import plans

SHOW = "terraform show -json plan.tfplan > plan.json"


def message(data: bytes, name: str = "staging") -> str:
    """What somebody is told who reviews these bytes."""
    with pytest.raises(UserError) as caught:
        of_bytes(data, name=name, source=f"{name}.json")
    return str(caught.value)


def small(**other: Any) -> dict[str, Any]:
    """A plan with one resource of AWS."""
    change = {"actions": ["create"], "before": None, "after": {"name": "a"}, "after_unknown": {}}
    one = {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a", "change": change}
    return {"format_version": "1.2", "terraform_version": "1.11.0", "resource_changes": [one], **other}


def test_a_binary_plan_is_told_the_command_that_makes_json() -> None:
    """The commonest slip: the file that Terraform applies is not the one that can be read."""
    assert message(b"PK\x03\x04whatever") == (
        f"staging.json cannot be reviewed\n  it is Terraform's binary plan\n\nhint: review its JSON: {SHOW}"
    )


def test_a_truncated_plan_is_refused_with_its_place() -> None:
    """A pipe that broke must not become a review of half a plan."""
    assert message(json.dumps(small()).encode()[:100]) == (
        "staging.json cannot be read\n"
        "  line 1, column 91: Unterminated string starting at; the file ends early\n"
        "\n"
        "hint: give it a synthesized cdk.tf.json, or the output of terraform show -json"
    )


def test_a_plan_of_another_cloud_is_refused() -> None:
    """A review that finds nothing because it looked at nothing would be believed."""
    change: dict[str, Any] = {"actions": ["create"], "before": None, "after": {}, "after_unknown": {}}
    one = {
        "address": "google_sql.a", "mode": "managed", "type": "google_sql", "name": "a", "change": change,
        "provider_name": "registry.terraform.io/hashicorp/google",
    }  # fmt: skip
    assert message(json.dumps(small(resource_changes=[one])).encode()) == (
        "staging.json cannot be reviewed\n"
        "  it holds no AWS resource, only those of registry.terraform.io/hashicorp/google\n"
        "\n"
        "hint: review a plan that uses registry.terraform.io/hashicorp/aws"
    )


@pytest.mark.parametrize(("version", "found"), [("0.2", "0.2"), ("2.0", "2.0"), (None, "None")])
def test_another_format_is_refused(version: str | None, found: str) -> None:
    """An older Terraform leaves out what a review stands on; a newer one may mean something else by it."""
    assert message(json.dumps(small(format_version=version)).encode()) == (
        "staging.json cannot be reviewed\n"
        f"  format_version: expected 1.x, got {found}\n"
        "\n"
        "hint: make the plan with Terraform 1.0 or newer, and show it as JSON again"
    )


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"format_version": "1.0", "values": {}}, "it is a state, not a plan"),
        ({"resource": {"aws_sqs_queue": {"a": {}}}}, "it is a configuration, not a plan"),
        ({"a": 1}, "it is something else, not a plan"),
        (["a"], "it is not a JSON object"),
    ],
)
def test_what_is_no_plan_is_refused(raw: Any, problem: str) -> None:
    """A state says what is, a configuration what shall be; only a plan says what would happen."""
    assert problem in message(json.dumps(raw).encode()).splitlines()[1]


def test_a_plan_that_stopped_at_an_error_is_refused() -> None:
    """Half of a plan is not what would be applied."""
    assert message(json.dumps(small(errored=True)).encode()) == (
        "staging.json cannot be judged\n"
        "  errored: the plan stopped at an error\n"
        "\n"
        "hint: make terraform plan succeed first"
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The message names the command that makes what is missing."""
    with pytest.raises(UserError) as caught:
        load(tmp_path / "gone.json")

    assert str(caught.value) == (
        f"{tmp_path}/gone.json cannot be read\n  No such file or directory\n\nhint: name the JSON of a plan: {SHOW}"
    )


def together(*raws: tuple[str, dict[str, Any]]) -> str:
    """What somebody is told who reviews these plans together."""
    loaded = [of_bytes(json.dumps(raw).encode(), name=name, source=f"{name}.json") for name, raw in raws]
    with pytest.raises(UserError) as caught:
        reviewed(loaded, settings.Settings())
    return str(caught.value)


def test_plans_of_different_commits_are_not_mixed() -> None:
    """Promotion compares one change across environments; two changes side by side would say something false."""
    first = small(variables={"revision": {"value": "1f3a"}})
    second = small(variables={"revision": {"value": "9c0d"}})

    assert together(("staging", first), ("prod", second)) == (
        "the plans cannot be reviewed together\n"
        "  staging.json: made of commit 1f3a\n"
        "  prod.json: made of commit 9c0d\n"
        "\n"
        "hint: make all plans again from one commit, with one Terraform"
    )


def test_plans_of_different_terraforms_are_not_mixed() -> None:
    """Two versions of Terraform may plan the same change differently."""
    assert "made of Terraform 1.9.0" in together(("staging", small()), ("prod", small(terraform_version="1.9.0")))


def test_two_plans_of_one_environment_are_not_mixed() -> None:
    """It would not be clear which of them is applied."""
    assert together(("prod", small()), ("prod", small())) == (
        "prod.json cannot be reviewed with prod.json\n"
        "  both are plans of prod\n"
        "\n"
        "hint: give one plan for each environment, in files called after it: staging.json"
    )


def test_plans_of_one_commit_are_reviewed_together() -> None:
    """The refusals above are about mixtures, and about nothing else."""
    raw = small(variables={"revision": {"value": "1f3a"}})
    loaded = [of_bytes(json.dumps(raw).encode(), name=name, source=f"{name}.json") for name in ("staging", "prod")]

    assert [one.plan.name for one in reviewed(loaded, settings.Settings(("staging", "prod"))).plans] == [
        "staging",
        "prod",
    ]


def test_a_plan_without_configuration_is_reviewed() -> None:
    """Every part that Terraform may leave out of a plan may be missing."""
    raw = plans.plan("nothing")
    for part in ("configuration", "prior_state", "planned_values", "output_changes", "relevant_attributes"):
        raw.pop(part, None)
    loaded = of_bytes(json.dumps(raw).encode(), name="staging", source="staging.json")

    assert reviewed([loaded], settings.Settings()).exit_code in {0, 1, 3}
