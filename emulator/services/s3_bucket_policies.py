"""S3: bucket policies with conditions, which moto reads as if the conditions were not there.

A statement that refuses plain HTTP would so refuse every call. The emulator stands
for an endpoint with TLS, and knows no other condition keys: it leaves out every
statement with a condition, except one that asks for TLS, which always holds.

Page: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
"""

from __future__ import annotations

import json
from typing import Any, Final

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

_OVER_TLS: Final = {"Bool": {"aws:SecureTransport": "true"}}


def permission(bucket: Any, action: str, resource: str) -> PermissionResult:
    """What the bucket's policy says of an action, conditions included."""
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    document = json.loads(bucket.policy)
    document["Statement"] = [
        statement
        for statement in document["Statement"]
        if not statement.get("Condition") or statement["Condition"] == _OVER_TLS
    ]
    if not document["Statement"]:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps(document)).is_action_permitted(action, resource)


FakeBucket.get_permission = permission  # type: ignore[assignment,method-assign]  # moto has no hook
