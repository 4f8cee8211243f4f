"""S3: the parts of bucket configurations that moto drops.

Pages: https://docs.aws.amazon.com/AmazonS3/latest/API/API_<Action>.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from emulator.handler import AwsError, Call, Params, emulates

if TYPE_CHECKING:
    from emulator.store import Table

_EVERYWHERE: Final = "aws"  # a bucket's name is unique in all regions


def configuration(call: Call, kind: str) -> Table:
    """Give one kind of configuration of all buckets, by bucket."""
    return call.table(kind, region=_EVERYWHERE)


@emulates("s3", "PutBucketReplication")
def put_replication(call: Call) -> None:
    """Keep the whole configuration; only a versioned bucket can have one."""
    bucket = call.backend().get_bucket(call.params["Bucket"])
    if bucket.versioning_status != "Enabled":
        raise AwsError(
            "InvalidRequest",
            "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
            400,
        )
    configuration(call, "replication")[call.params["Bucket"]] = call.params["ReplicationConfiguration"]


@emulates("s3", "GetBucketReplication")
def get_replication(call: Call) -> Params:
    """Give the configuration."""
    found = configuration(call, "replication").get(call.params["Bucket"])
    if found is None:
        raise AwsError("ReplicationConfigurationNotFoundError", "The replication configuration was not found", 404)
    return {"ReplicationConfiguration": found}


@emulates("s3", "DeleteBucketReplication")
def delete_replication(call: Call) -> None:
    """Remove the configuration; it is no error when there is none."""
    configuration(call, "replication").pop(call.params["Bucket"], None)


@emulates("s3", "PutBucketNotificationConfiguration")
def put_notification(call: Call) -> Params:
    """Let moto keep the targets, and keep whether events go to EventBridge."""
    enabled = "EventBridgeConfiguration" in call.params["NotificationConfiguration"]
    answer = call.moto()
    configuration(call, "eventbridge")[call.params["Bucket"]] = enabled
    return answer


@emulates("s3", "GetBucketNotificationConfiguration")
def get_notification(call: Call) -> Params:
    """Give the targets, and EventBridge when it is on."""
    answer = call.moto()
    on = configuration(call, "eventbridge").get(call.params["Bucket"], False)
    return {**answer, "EventBridgeConfiguration": {}} if on else answer


@emulates("s3", "DeleteBucket")
def delete_bucket(call: Call) -> Params:
    """Delete a bucket with its configurations, so that a new one of that name has none."""
    answer = call.moto()
    for kind in ("replication", "eventbridge", "policies"):
        configuration(call, kind).pop(call.params["Bucket"], None)
    return answer
