"""CloudTrail: a trail that is deleted is gone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal


@pytest.fixture
def cloudtrail(account: Account) -> Any:
    """A client for an account with a trail."""
    account.client("s3").create_bucket(
        Bucket=f"trail-{account.id}", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    client = account.client("cloudtrail")
    client.create_trail(Name="audit", S3BucketName=f"trail-{account.id}")
    return client


@pytest.mark.parametrize("named", ["Name", "TrailARN"])
def test_a_trail_is_deleted_by_name_or_arn(named: str, cloudtrail: Any) -> None:
    """The provider deletes by ARN; a trail that stayed would record, and cost, on and on."""
    (trail,) = cloudtrail.list_trails()["Trails"]

    cloudtrail.delete_trail(Name=trail[named])

    assert cloudtrail.list_trails()["Trails"] == []


def test_a_trail_that_is_not_there_cannot_be_deleted(cloudtrail: Any) -> None:
    """A misspelt name is told, and nothing is deleted."""
    assert refusal(cloudtrail.delete_trail, Name="other")[0] == "TrailNotFoundException"
    assert len(cloudtrail.list_trails()["Trails"]) == 1


def test_terraform_names_the_action_shorter(cloudtrail: Any) -> None:
    """The provider's SDK leaves the beginning of the action's name out: a trail is deleted all the same."""

    def shorten(request: Any, **_: object) -> None:
        request.headers.replace_header("X-Amz-Target", "CloudTrail_20131101.DeleteTrail")

    cloudtrail.meta.events.register("before-sign.cloudtrail.DeleteTrail", shorten)
    (trail,) = cloudtrail.list_trails()["Trails"]

    cloudtrail.delete_trail(Name=trail["TrailARN"])

    assert cloudtrail.list_trails()["Trails"] == []
