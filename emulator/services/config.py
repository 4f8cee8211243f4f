"""AWS Config: conformance packs and remediation."""

from __future__ import annotations

import uuid

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "config"


@emulates(SERVICE, "PutConformancePack")
def put_pack(call: Call) -> Params:
    name = call.params["ConformancePackName"]
    if not call.params.keys() & {"TemplateBody", "TemplateS3Uri", "TemplateSSMDocumentDetails"}:
        raise AwsError("InvalidParameterValueException", "a template is needed", 400)
    packs = call.table("packs")
    old = packs.get(name)
    pack_id = old["ConformancePackId"] if old else "conformance-pack-" + uuid.uuid4().hex[:9]
    packs[name] = {
        **call.params,
        "ConformancePackId": pack_id,
        "ConformancePackArn": call.arn(f"conformance-pack/{name}/{pack_id}"),
        "LastUpdateRequestedTime": call.now(),
    }
    return {"ConformancePackArn": packs[name]["ConformancePackArn"]}


def _packs(call: Call) -> list[Params]:
    names = call.params.get("ConformancePackNames")
    packs = call.table("packs")
    if not names:
        return list(packs.values())
    for name in names:
        if name not in packs:
            raise AwsError("NoSuchConformancePackException", f"{name} does not exist", 400)
    return [packs[name] for name in names]


@emulates(SERVICE, "DescribeConformancePacks")
def describe_packs(call: Call) -> Params:
    return {"ConformancePackDetails": _packs(call)}


@emulates(SERVICE, "DescribeConformancePackStatus")
def describe_status(call: Call) -> Params:
    return {
        "ConformancePackStatusDetails": [
            {
                "ConformancePackName": pack["ConformancePackName"],
                "ConformancePackId": pack["ConformancePackId"],
                "ConformancePackArn": pack["ConformancePackArn"],
                "ConformancePackState": "CREATE_COMPLETE",
                "StackArn": call.arn(f"stack/{pack['ConformancePackName']}", service="cloudformation"),
                "LastUpdateRequestedTime": pack["LastUpdateRequestedTime"],
            }
            for pack in call.table("packs").values()
            if pack["ConformancePackName"] in call.params.get("ConformancePackNames", [])
        ]
    }


@emulates(SERVICE, "DeleteConformancePack")
def delete_pack(call: Call) -> None:
    name = call.params["ConformancePackName"]
    if call.table("packs").pop(name, None) is None:
        raise AwsError("NoSuchConformancePackException", f"{name} does not exist", 400)
