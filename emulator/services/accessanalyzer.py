"""IAM Access Analyzer, which moto does not have."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "accessanalyzer"


def _analyzer(call: Call) -> Params:
    name = call.params["analyzerName"]
    analyzer: Params | None = call.table("analyzers").get(name)
    if analyzer is None:
        raise AwsError("ResourceNotFoundException", f"Analyzer {name} does not exist", 404)
    return analyzer


@emulates(SERVICE, "CreateAnalyzer")
def create_analyzer(call: Call) -> Params:
    name = call.params["analyzerName"]
    if name in call.table("analyzers"):
        raise AwsError("ConflictException", f"Analyzer {name} already exists", 409)
    arn = f"arn:aws:access-analyzer:{call.region}:{call.account}:analyzer/{name}"
    call.table("analyzers")[name] = {
        "arn": arn,
        "name": name,
        "type": call.params["type"],
        "createdAt": call.now(),
        "status": "ACTIVE",
        "tags": dict(call.params.get("tags") or {}),
        "configuration": call.params.get("configuration"),
    }
    return {"arn": arn}


@emulates(SERVICE, "GetAnalyzer")
def get_analyzer(call: Call) -> Params:
    return {"analyzer": _analyzer(call)}


@emulates(SERVICE, "ListAnalyzers")
def list_analyzers(call: Call) -> Params:
    return {"analyzers": list(call.table("analyzers").values())}


@emulates(SERVICE, "DeleteAnalyzer")
def delete_analyzer(call: Call) -> None:
    del call.table("analyzers")[_analyzer(call)["name"]]


def _by_arn(call: Call) -> Params:
    for analyzer in call.table("analyzers").values():
        if analyzer["arn"] == call.params["resourceArn"]:
            return dict(analyzer) | {"tags": analyzer["tags"]}
    raise AwsError("ResourceNotFoundException", call.params["resourceArn"], 404)


@emulates(SERVICE, "ListTagsForResource")
def list_tags(call: Call) -> Params:
    return {"tags": _by_arn(call)["tags"]}


@emulates(SERVICE, "TagResource")
def tag(call: Call) -> None:
    _by_arn(call)["tags"].update(call.params["tags"])


@emulates(SERVICE, "UntagResource")
def untag(call: Call) -> None:
    tags = _by_arn(call)["tags"]
    for key in call.params["tagKeys"]:
        tags.pop(key, None)
