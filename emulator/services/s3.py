"""S3: the parts of bucket configurations that moto drops."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "s3"


def _versioned(call: Call) -> None:
    bucket = call.backend().get_bucket(call.params["Bucket"])
    if bucket.versioning_status != "Enabled":
        raise AwsError(
            "InvalidRequest",
            "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
            400,
        )


@emulates(SERVICE, "PutBucketReplication")
def put_replication(call: Call) -> None:
    _versioned(call)
    call.table("replication")[call.params["Bucket"]] = call.params["ReplicationConfiguration"]


@emulates(SERVICE, "GetBucketReplication")
def get_replication(call: Call) -> Params:
    found = call.table("replication").get(call.params["Bucket"])
    if found is None:
        raise AwsError(
            "ReplicationConfigurationNotFoundError",
            "The replication configuration was not found",
            404,
        )
    return {"ReplicationConfiguration": found}


@emulates(SERVICE, "DeleteBucketReplication")
def delete_replication(call: Call) -> None:
    call.table("replication").pop(call.params["Bucket"], None)


@emulates(SERVICE, "PutBucketNotificationConfiguration")
def put_notification(call: Call) -> Params:
    enabled = "EventBridgeConfiguration" in call.params["NotificationConfiguration"]
    call.table("eventbridge")[call.params["Bucket"]] = enabled
    return call.moto()


@emulates(SERVICE, "GetBucketNotificationConfiguration")
def get_notification(call: Call) -> Params:
    answer = call.moto()
    if call.table("eventbridge").get(call.params["Bucket"]):
        answer["EventBridgeConfiguration"] = {}
    return answer
