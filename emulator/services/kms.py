"""KMS: replica keys with tags, policy and description of their own, which moto shares or drops.

Pages: https://docs.aws.amazon.com/kms/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

import copy

from emulator.handler import Call, Params, emulates


@emulates("kms", "ReplicateKey")
def replicate_key(call: Call) -> Params:
    """Let moto make the replica, then part what it shares with its primary."""
    primary_key = call.backend().describe_key(call.params["KeyId"])
    before = copy.deepcopy(primary_key.multi_region_configuration)
    answer = call.moto()
    region = call.params["ReplicaRegion"]
    backend = call.backend(region=region)
    key_id = answer["ReplicaKeyMetadata"]["KeyId"]
    replica = {"Arn": answer["ReplicaKeyMetadata"]["Arn"], "Region": region}
    family = {**before, "ReplicaKeys": [*before["ReplicaKeys"], replica]}
    primary_key.multi_region_configuration = family
    key = backend.keys[key_id]
    key.multi_region_configuration = {**copy.deepcopy(family), "MultiRegionKeyType": "REPLICA"}
    tags = {tag["TagKey"]: tag["TagValue"] for tag in call.params.get("Tags", [])}
    if tags:
        backend.tag_resource(key_id, tags)
    key.policy = call.params.get("Policy", key.policy)
    key.description = call.params.get("Description", "")
    return answer
