"""GuardDuty: the features of a detector."""

from __future__ import annotations

from tests.emulator.emulated_account import Account


def test_switching_one_feature_keeps_the_others(account: Account) -> None:
    """Terraform switches each feature in a call of its own; the last call must not switch the others off."""
    guardduty = account.client("guardduty")
    detector = guardduty.create_detector(Enable=True)["DetectorId"]
    for name in ("S3_DATA_EVENTS", "RDS_LOGIN_EVENTS"):
        guardduty.update_detector(DetectorId=detector, Features=[{"Name": name, "Status": "ENABLED"}])

    features = guardduty.get_detector(DetectorId=detector)["Features"]

    assert {feature["Name"]: feature["Status"] for feature in features} == {
        "S3_DATA_EVENTS": "ENABLED",
        "RDS_LOGIN_EVENTS": "ENABLED",
    }
