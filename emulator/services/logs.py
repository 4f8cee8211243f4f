"""CloudWatch Logs: saved queries and data protection policies."""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates

SERVICE = "logs"


@emulates(SERVICE, "PutQueryDefinition")
def put_query(call: Call) -> Params:
    query_id = call.params.get("queryDefinitionId") or call.store.fresh_id()
    call.table("queries")[query_id] = {
        "queryDefinitionId": query_id,
        **call.pick("name", "queryString", "logGroupNames", "queryLanguage"),
    }
    return {"queryDefinitionId": query_id}


@emulates(SERVICE, "DescribeQueryDefinitions")
def describe_queries(call: Call) -> Params:
    prefix = call.params.get("queryDefinitionNamePrefix", "")
    return {"queryDefinitions": [query for query in call.table("queries").values() if query["name"].startswith(prefix)]}


@emulates(SERVICE, "DeleteQueryDefinition")
def delete_query(call: Call) -> Params:
    found = call.table("queries").pop(call.params["queryDefinitionId"], None)
    return {"success": found is not None}


def _group(call: Call) -> str:
    name: str = call.params["logGroupIdentifier"].removesuffix(":*").rsplit("log-group:", 1)[-1]
    if name not in call.backend().groups:
        raise AwsError("ResourceNotFoundException", "The specified log group does not exist.", 400)
    return name


@emulates(SERVICE, "PutDataProtectionPolicy")
def put_protection(call: Call) -> Params:
    group = _group(call)
    call.table("protection")[group] = {
        "logGroupIdentifier": group,
        "policyDocument": call.params["policyDocument"],
        "lastUpdatedTime": int(call.now().timestamp() * 1000),
    }
    return dict(call.table("protection")[group])


@emulates(SERVICE, "GetDataProtectionPolicy")
def get_protection(call: Call) -> Params:
    group = _group(call)
    return dict(call.table("protection").get(group, {"logGroupIdentifier": group}))


@emulates(SERVICE, "DeleteDataProtectionPolicy")
def delete_protection(call: Call) -> None:
    call.table("protection").pop(_group(call), None)
