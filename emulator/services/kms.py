"""KMS: the tags and policy of replica keys."""

from __future__ import annotations

import copy

from emulator.handler import Call, Params, emulates

SERVICE = "kms"


@emulates(SERVICE, "ReplicateKey")
def replicate_key(call: Call) -> Params:
    from moto.kms.models import kms_backends

    own_settings = call.backend().describe_key(call.params["KeyId"]).multi_region_configuration
    primary = copy.deepcopy(own_settings)
    answer = call.moto()
    region = kms_backends[call.account][call.params["ReplicaRegion"]]
    key_id = answer["ReplicaKeyMetadata"]["KeyId"]
    # moto shares one description between primary and replica; each needs its own.
    replica = {"Arn": answer["ReplicaKeyMetadata"]["Arn"], "Region": call.params["ReplicaRegion"]}
    primary["ReplicaKeys"] = [*primary["ReplicaKeys"], replica]
    call.backend().describe_key(call.params["KeyId"]).multi_region_configuration = primary
    region.keys[key_id].multi_region_configuration = {
        **copy.deepcopy(primary), "MultiRegionKeyType": "REPLICA",
    }  # fmt: skip
    tags = {tag["TagKey"]: tag["TagValue"] for tag in call.params.get("Tags", [])}
    if tags:
        region.tag_resource(key_id, tags)
    if call.params.get("Policy"):
        region.keys[key_id].policy = call.params["Policy"]
    if call.params.get("Description"):
        region.keys[key_id].description = call.params["Description"]
    return answer
