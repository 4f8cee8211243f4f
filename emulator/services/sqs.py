"""SQS: attributes that moto drops when others are set, and who may use a dead-letter queue.

Pages: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

import json
from typing import Any

from emulator.handler import Call, Params, emulates

_REDRIVE_ALLOW = "RedriveAllowPolicy"


def _queue(call: Call) -> Any:
    return call.backend().get_queue(call.params["QueueUrl"].rsplit("/", 1)[-1])


@emulates("sqs", "SetQueueAttributes")
def set_queue_attributes(call: Call) -> Params:
    """Change the named attributes and no other; an empty policy removes it."""
    queue, attributes = _queue(call), call.params.get("Attributes", {})
    policy = attributes["Policy"] or None if "Policy" in attributes else queue.policy
    answer = call.moto()
    queue.policy = policy
    if _REDRIVE_ALLOW in attributes:
        call.table("redrive")[queue.name] = attributes[_REDRIVE_ALLOW]
    return answer


@emulates("sqs", "GetQueueAttributes")
def get_queue_attributes(call: Call) -> Params:
    """Give the named attributes, or all; a queue with a key of its own does not use the key of SQS."""
    queue, names = _queue(call), call.params.get("AttributeNames", [])
    attributes = dict(queue.attributes)
    if allowed := call.table("redrive").get(queue.name):
        attributes[_REDRIVE_ALLOW] = allowed
    if attributes.get("KmsMasterKeyId"):
        attributes["SqsManagedSseEnabled"] = "false"
    if redrive := attributes.get("RedrivePolicy"):
        attributes["RedrivePolicy"] = json.dumps(json.loads(redrive), separators=(",", ":"))
    wanted = {name: value for name, value in attributes.items() if "All" in names or name in names}
    return {"Attributes": {name: _text(value) for name, value in wanted.items() if value is not None}}


@emulates("sqs", "DeleteQueue")
def delete_queue(call: Call) -> Params:
    """Let moto delete it, and forget who may use it, so that a new queue of that name starts clean."""
    name = _queue(call).name
    answer = call.moto()
    call.table("redrive").pop(name, None)
    return answer


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
