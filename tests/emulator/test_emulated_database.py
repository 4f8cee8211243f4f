"""RDS: what keeps the platform's databases apart, and what is known of each."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal


@pytest.fixture
def rds(account: Account) -> Any:
    """A client for an account without any database."""
    return account.client("rds")


def create(rds: Any, name: str, **settings: Any) -> dict[str, Any]:
    """Create a PostgreSQL instance."""
    instance: dict[str, Any] = rds.create_db_instance(
        **{
            "DBInstanceIdentifier": name,
            "DBInstanceClass": "db.t4g.medium",
            "Engine": "postgres",
            "EngineVersion": "16.4",
            "AllocatedStorage": 20,
            "MasterUsername": "owner",
            "ManageMasterUserPassword": True,
            **settings,
        }
    )["DBInstance"]
    return instance


def described(rds: Any, name: str) -> dict[str, Any]:
    """Read an instance back."""
    (instance,) = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    found: dict[str, Any] = instance
    return found


def test_every_instance_has_an_identity_of_its_own(rds: Any) -> None:
    """The provider reads instances by DbiResourceId: with equal ones it would change the wrong database."""
    create(rds, "ledger")
    create(rds, "audit")
    rds.create_db_instance_read_replica(DBInstanceIdentifier="replica", SourceDBInstanceIdentifier="ledger")

    ids = [described(rds, name)["DbiResourceId"] for name in ("ledger", "audit", "replica")]

    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"db-[A-Z2-7]{26}", one) for one in ids)
    (found,) = rds.describe_db_instances(Filters=[{"Name": "dbi-resource-id", "Values": [ids[1]]}])["DBInstances"]
    assert found["DBInstanceIdentifier"] == "audit"


def test_master_password_is_kept_by_aws(rds: Any) -> None:
    """The password is a secret's ARN, so it is neither in the state nor in any file."""
    created = create(rds, "ledger")

    assert created["MasterUserSecret"]["SecretArn"].startswith("arn:aws:secretsmanager:")
    assert created["CACertificateIdentifier"] == "rds-ca-rsa2048-g1"


def test_performance_insights_are_kept(rds: Any) -> None:
    """Insights are on with the key that was asked for: auditors want to see slow queries, encrypted."""
    key = "arn:aws:kms:eu-central-1:123456789012:key/data"
    created = create(rds, "ledger", EnablePerformanceInsights=True, PerformanceInsightsKMSKeyId=key)
    assert created["PerformanceInsightsEnabled"] is True

    found = described(rds, "ledger")

    assert found["PerformanceInsightsEnabled"] is True
    assert found["PerformanceInsightsKMSKeyId"] == key
    assert found["PerformanceInsightsRetentionPeriod"] == 7


def test_replica_does_not_take_over_insights(rds: Any) -> None:
    """A replica has what was asked for it, not what its source has; else every plan shows a change."""
    create(rds, "ledger", EnablePerformanceInsights=True)
    rds.create_db_instance_read_replica(DBInstanceIdentifier="replica", SourceDBInstanceIdentifier="ledger")

    replica = described(rds, "replica")

    assert replica["PerformanceInsightsEnabled"] is False
    assert "PerformanceInsightsRetentionPeriod" not in replica
    assert replica["ReadReplicaSourceDBInstanceIdentifier"] == "ledger"


def test_instance_is_modified(rds: Any) -> None:
    """Certificate rotation and longer insights are changes in place, and read back."""
    create(rds, "ledger")

    rds.modify_db_instance(
        DBInstanceIdentifier="ledger",
        CACertificateIdentifier="rds-ca-ecc384-g1",
        EnablePerformanceInsights=True,
        PerformanceInsightsRetentionPeriod=93,
    )

    found = described(rds, "ledger")
    assert found["CACertificateIdentifier"] == "rds-ca-ecc384-g1"
    assert found["PerformanceInsightsRetentionPeriod"] == 93

    rds.modify_db_instance(DBInstanceIdentifier="ledger", EnablePerformanceInsights=False)
    assert described(rds, "ledger")["PerformanceInsightsEnabled"] is False


def test_a_major_version_gets_a_minor(rds: Any) -> None:
    """RDS runs a minor version of the major that was asked for: the provider must see that it is no change."""
    created = create(rds, "ledger", EngineVersion="16")
    rds.create_db_instance_read_replica(DBInstanceIdentifier="replica", SourceDBInstanceIdentifier="ledger")

    assert re.fullmatch(r"16\.[0-9]+", created["EngineVersion"])
    assert {described(rds, name)["EngineVersion"] for name in ("ledger", "replica")} == {created["EngineVersion"]}


def test_a_minor_version_stays_as_asked(rds: Any) -> None:
    """A version that is given in full is the one that runs, and an upgrade is read back."""
    create(rds, "ledger", EngineVersion="16.4")
    rds.modify_db_instance(DBInstanceIdentifier="ledger", EngineVersion="16.10", ApplyImmediately=True)

    assert described(rds, "ledger")["EngineVersion"] == "16.10"


def test_parameters_say_that_a_user_set_them(rds: Any) -> None:
    """Forced TLS is a parameter a user has set; the provider asks for exactly those."""
    rds.create_db_parameter_group(DBParameterGroupName="tls", DBParameterGroupFamily="postgres16", Description="tls")
    rds.modify_db_parameter_group(
        DBParameterGroupName="tls",
        Parameters=[{"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "pending-reboot"}],
    )

    (parameter,) = rds.describe_db_parameters(DBParameterGroupName="tls", Source="user")["Parameters"]
    others = rds.describe_db_parameters(DBParameterGroupName="tls", Source="engine-default")["Parameters"]

    assert (parameter["ParameterName"], parameter["ParameterValue"]) == ("rds.force_ssl", "1")
    assert (parameter["Source"], parameter["ApplyMethod"]) == ("user", "pending-reboot")
    assert others == []


def test_protected_instance_is_not_deleted(rds: Any) -> None:
    """Deletion protection holds here as at AWS: destroy stops at the database of production."""
    create(rds, "ledger", DeletionProtection=True)

    code, _ = refusal(rds.delete_db_instance, DBInstanceIdentifier="ledger", SkipFinalSnapshot=True)

    assert code == "InvalidParameterCombination"
    assert described(rds, "ledger")["DeletionProtection"] is True
