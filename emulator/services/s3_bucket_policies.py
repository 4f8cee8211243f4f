"""S3: bucket policies with conditions, which moto judges as if the conditions were not there.

A statement that refuses plain HTTP would so refuse every call. The emulator stands for
an endpoint with TLS and knows no other condition: moto is given the policy without the
conditional statements for everybody, except those that ask for TLS, which always holds.
What was sent is kept beside it and read back.

Pages: https://docs.aws.amazon.com/AmazonS3/latest/API/API_<Action>.html
"""

from __future__ import annotations

import json
from typing import Any, Final

from emulator.handler import AwsError, Call, Params, emulates
from emulator.services.s3 import configuration

_EVERYBODY: Final = ("*", {"AWS": "*"})
_OVER_TLS: Final = {"Bool": {"aws:SecureTransport": "true"}}


def _is_decided(statement: Params) -> bool:
    """Tell whether moto's judgement is right; it looks only at statements for everybody."""
    condition = statement.get("Condition")
    return not condition or condition == _OVER_TLS or statement.get("Principal") not in _EVERYBODY


def _without_conditions(policy: str) -> str:
    try:
        document: Any = json.loads(policy)
        statements = document["Statement"]
    except (ValueError, TypeError, KeyError) as error:
        message = "Policies must be valid JSON and have a Statement"
        raise AwsError("MalformedPolicy", message, 400) from error
    every = [statements] if isinstance(statements, dict) else statements
    return json.dumps({**document, "Statement": [one for one in every if _is_decided(one)]})


@emulates("s3", "PutBucketPolicy")
def put_policy(call: Call) -> None:
    """Keep the policy, and give moto what it can judge."""
    bucket, policy = call.params["Bucket"], call.params["Policy"]
    call.backend().put_bucket_policy(bucket, _without_conditions(policy).encode())
    configuration(call, "policies")[bucket] = policy


@emulates("s3", "GetBucketPolicy")
def get_policy(call: Call) -> Params:
    """Give the policy as it was sent; a bucket without one is moto's error."""
    answer = call.moto()
    return {**answer, "Policy": configuration(call, "policies")[call.params["Bucket"]]}


@emulates("s3", "DeleteBucketPolicy")
def delete_policy(call: Call) -> Params:
    """Remove the policy; it is no error when there is none."""
    answer = call.moto()
    configuration(call, "policies").pop(call.params["Bucket"], None)
    return answer
