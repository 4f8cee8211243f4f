"""IAM Access Analyzer: a service that moto does not have at all.

Pages: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates


def _analyzer(call: Call) -> Params:
    name = call.params["analyzerName"]
    analyzer: Params | None = call.table("analyzers").get(name)
    if analyzer is None:
        raise AwsError("ResourceNotFoundException", f"Analyzer {name} does not exist", 404)
    return analyzer


def _tags(call: Call) -> dict[str, str]:
    arn = call.params["resourceArn"]
    for analyzer in call.table("analyzers").values():
        if analyzer["arn"] == arn:
            tags: dict[str, str] = analyzer["tags"]
            return tags
    raise AwsError("ResourceNotFoundException", f"{arn} does not exist", 404)


@emulates("accessanalyzer", "CreateAnalyzer")
def create_analyzer(call: Call) -> Params:
    """Create an analyzer that is active at once; its name is unique in the region."""
    name = call.params["analyzerName"]
    if name in call.table("analyzers"):
        raise AwsError("ConflictException", f"Analyzer {name} already exists", 409)
    arn = call.arn(f"analyzer/{name}", service="access-analyzer")
    call.table("analyzers")[name] = {
        "arn": arn,
        "name": name,
        "type": call.params["type"],
        "createdAt": call.now(),
        "status": "ACTIVE",
        "tags": dict(call.params.get("tags") or {}),
        **call.pick("configuration"),
    }
    return {"arn": arn}


@emulates("accessanalyzer", "GetAnalyzer")
def get_analyzer(call: Call) -> Params:
    """Give one analyzer."""
    return {"analyzer": _analyzer(call)}


@emulates("accessanalyzer", "ListAnalyzers")
def list_analyzers(call: Call) -> Params:
    """Give all analyzers, or those of one type."""
    kind = call.params.get("type")
    analyzers = call.table("analyzers").values()
    return {"analyzers": [analyzer for analyzer in analyzers if kind in (None, analyzer["type"])]}


@emulates("accessanalyzer", "DeleteAnalyzer")
def delete_analyzer(call: Call) -> None:
    """Forget an analyzer."""
    del call.table("analyzers")[_analyzer(call)["name"]]


@emulates("accessanalyzer", "ListTagsForResource")
def list_tags(call: Call) -> Params:
    """Give the tags of an analyzer."""
    return {"tags": _tags(call)}


@emulates("accessanalyzer", "TagResource")
def tag(call: Call) -> None:
    """Add tags."""
    _tags(call).update(call.params["tags"])


@emulates("accessanalyzer", "UntagResource")
def untag(call: Call) -> None:
    """Remove tags."""
    tags = _tags(call)
    for key in call.params["tagKeys"]:
        tags.pop(key, None)
