"""S3: parts of a bucket's configuration that moto drops, and the lock of the state."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.emulated_account import REGION, Account, refusal


@pytest.fixture
def s3(account: Account) -> Any:
    """An S3 client."""
    return account.client("s3")


@pytest.fixture
def bucket(account: Account, s3: Any) -> str:
    """A versioned bucket."""
    name = f"ledger-{account.id}"
    create(s3, name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


def create(s3: Any, name: str) -> None:
    """Create a bucket in the region of these tests."""
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})


def replication(bucket: str) -> dict[str, Any]:
    """Give a configuration that copies everything, also deletions."""
    rule = {
        "ID": "all",
        "Status": "Enabled",
        "Priority": 0,
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Enabled"},
        "Destination": {"Bucket": f"arn:aws:s3:::{bucket}-copy", "StorageClass": "STANDARD_IA"},
    }
    return {"Role": "arn:aws:iam::123456789012:role/copy", "Rules": [rule]}


def test_replication_is_read_back_whole(s3: Any, bucket: str) -> None:
    """The copy in the second region gets deletions too; moto forgets that part."""
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration=replication(bucket))

    found = s3.get_bucket_replication(Bucket=bucket)["ReplicationConfiguration"]

    assert found == replication(bucket)
    s3.delete_bucket_replication(Bucket=bucket)
    code, _ = refusal(s3.get_bucket_replication, Bucket=bucket)
    assert code == "ReplicationConfigurationNotFoundError"


def test_replication_needs_versioning(account: Account, s3: Any) -> None:
    """AWS replicates only versioned buckets, and says so when it is too late."""
    name = f"plain-{account.id}"
    create(s3, name)

    found = refusal(s3.put_bucket_replication, Bucket=name, ReplicationConfiguration=replication(name))

    assert found == (
        "InvalidRequest",
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    )


def test_replication_of_an_unknown_bucket(account: Account, s3: Any) -> None:
    """What moto's models raise reaches the caller as AWS's own error, not as a fault of ours."""
    name = f"nosuch-{account.id}"

    assert refusal(s3.put_bucket_replication, Bucket=name, ReplicationConfiguration=replication(name)) == (
        "NoSuchBucket",
        "The specified bucket does not exist",
    )


def test_eventbridge_is_switched_on_and_off(s3: Any, bucket: str) -> None:
    """Events of a bucket go to EventBridge only while that is asked for."""
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}})
    assert s3.get_bucket_notification_configuration(Bucket=bucket)["EventBridgeConfiguration"] == {}

    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    assert "EventBridgeConfiguration" not in s3.get_bucket_notification_configuration(Bucket=bucket)


def test_bucket_takes_its_configuration_along(s3: Any, bucket: str) -> None:
    """A bucket made again has no configuration of the one before."""
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration=replication(bucket))

    s3.delete_bucket(Bucket=bucket)

    create(s3, bucket)
    code, _ = refusal(s3.get_bucket_replication, Bucket=bucket)
    assert code == "ReplicationConfigurationNotFoundError"


def statement(bucket: str, effect: str, condition: dict[str, Any] | None = None) -> dict[str, Any]:
    """Give a statement about reading and writing for everybody."""
    found = {"Effect": effect, "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket}/*"}
    return {**found, "Condition": condition} if condition else found


def put_policy(s3: Any, bucket: str, *statements: dict[str, Any]) -> str:
    """Set a bucket's policy."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    return policy


def test_bucket_for_tls_only_can_be_used(s3: Any, bucket: str) -> None:
    """The state bucket refuses plain HTTP; a deployment must still write its state there."""
    policy = put_policy(s3, bucket, statement(bucket, "Deny", {"Bool": {"aws:SecureTransport": "false"}}))

    s3.put_object(Bucket=bucket, Key="state", Body=b"{}")

    assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == policy
    s3.delete_bucket_policy(Bucket=bucket)
    assert refusal(s3.get_bucket_policy, Bucket=bucket)[0] == "NoSuchBucketPolicy"


@pytest.mark.parametrize("condition", [None, {"Bool": {"aws:SecureTransport": "true"}}])
def test_policy_that_refuses_refuses(s3: Any, bucket: str, condition: dict[str, Any] | None) -> None:
    """A policy that locks everybody out is noticed here, before it locks a real account."""
    put_policy(s3, bucket, statement(bucket, "Deny", condition))

    assert refusal(s3.put_object, Bucket=bucket, Key="state", Body=b"{}")[0] == "403"


def test_single_statement_needs_no_list(s3: Any, bucket: str) -> None:
    """IAM allows one statement without a list around it."""
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Statement": statement(bucket, "Deny")}))

    assert refusal(s3.get_object, Bucket=bucket, Key="state")[0] in {"403", "AccessDenied"}


@pytest.mark.parametrize("policy", ["no json", "[]", "{}"])
def test_malformed_policy_is_refused(s3: Any, bucket: str, policy: str) -> None:
    """What AWS would refuse in the middle of a deployment is refused here."""
    assert refusal(s3.put_bucket_policy, Bucket=bucket, Policy=policy) == (
        "MalformedPolicy",
        "Policies must be valid JSON and have a Statement",
    )


@pytest.mark.usefixtures("hasty_threads")
def test_only_one_writer_gets_the_lock(account: Account, s3: Any, bucket: str) -> None:
    """Of many deployments that start at once exactly one gets the lock of the state, every time."""

    def try_lock(attempt: tuple[Any, str]) -> str:
        client, key = attempt
        try:
            client.put_object(Bucket=bucket, Key=key, Body=b"mine", IfNoneMatch="*")
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "locked"

    clients = [account.client("s3") for _ in range(6)]
    with ThreadPoolExecutor(len(clients)) as pool:
        for number in range(10):
            key = f"staging-{number}.tflock"
            results = sorted(pool.map(try_lock, [(client, key) for client in clients]))
            assert results == ["PreconditionFailed"] * 5 + ["locked"]
    assert s3.get_object(Bucket=bucket, Key="staging-0.tflock")["Body"].read() == b"mine"


def test_account_wide_block_is_reached_by_its_host_name(account: Account) -> None:
    """The account's block of public access is set; its host name begins with the account's number."""
    control = account.client("s3control")
    block = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    control.meta.events.register("before-sign.s3-control.*", without_account_in_host)

    control.put_public_access_block(AccountId=account.id, PublicAccessBlockConfiguration=block)

    found = control.get_public_access_block(AccountId=account.id)["PublicAccessBlockConfiguration"]
    assert found == block


def without_account_in_host(request: Any, **_: object) -> None:
    """Go by the address; the provider does so by using the emulator as its HTTP proxy."""
    account, _, rest = request.url.removeprefix("http://").partition(".")
    if account.isdigit() and len(account) == 12:
        request.url = f"http://{rest}"
