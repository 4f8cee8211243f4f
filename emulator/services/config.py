"""AWS Config: conformance packs, which moto lacks.

Pages: https://docs.aws.amazon.com/config/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from typing import Final

from emulator.handler import AwsError, Call, Params, emulates

_TEMPLATES: Final = {"TemplateBody", "TemplateS3Uri", "TemplateSSMDocumentDetails"}


def _gone(name: str) -> AwsError:
    return AwsError("NoSuchConformancePackException", f"Conformance pack {name} does not exist", 400)


@emulates("config", "PutConformancePack")
def put_pack(call: Call) -> Params:
    """Create a pack, or change it and keep its identity; one kind of template is needed."""
    if not call.params.keys() & _TEMPLATES:
        raise AwsError("InvalidParameterValueException", "A template is needed", 400)
    name = call.params["ConformancePackName"]
    packs = call.table("packs")
    pack_id = packs[name]["ConformancePackId"] if name in packs else f"conformance-pack-{call.store.fresh_id()[:9]}"
    arn = call.arn(f"conformance-pack/{name}/{pack_id}")
    packs[name] = {
        **call.params,
        "ConformancePackId": pack_id,
        "ConformancePackArn": arn,
        "LastUpdateRequestedTime": call.now(),
    }
    return {"ConformancePackArn": arn}


@emulates("config", "DescribeConformancePacks")
def describe_packs(call: Call) -> Params:
    """Give the named packs, or all; an unknown name is an error."""
    packs = call.table("packs")
    names = call.params.get("ConformancePackNames") or list(packs)
    for name in names:
        if name not in packs:
            raise _gone(name)
    return {"ConformancePackDetails": [packs[name] for name in names]}


@emulates("config", "DescribeConformancePackStatus")
def describe_status(call: Call) -> Params:
    """Give the status of the named packs, or all: every pack is complete at once."""
    packs = call.table("packs")
    names = call.params.get("ConformancePackNames") or list(packs)
    return {
        "ConformancePackStatusDetails": [
            {
                "ConformancePackName": name,
                "ConformancePackId": packs[name]["ConformancePackId"],
                "ConformancePackArn": packs[name]["ConformancePackArn"],
                "ConformancePackState": "CREATE_COMPLETE",
                "StackArn": call.arn(f"stack/{name}", service="cloudformation"),
                "LastUpdateRequestedTime": packs[name]["LastUpdateRequestedTime"],
            }
            for name in names
            if name in packs
        ]
    }


@emulates("config", "DeleteConformancePack")
def delete_pack(call: Call) -> None:
    """Forget a pack."""
    name = call.params["ConformancePackName"]
    if call.table("packs").pop(name, None) is None:
        raise _gone(name)
