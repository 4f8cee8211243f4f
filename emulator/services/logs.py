"""CloudWatch Logs: saved queries and data protection policies, which moto lacks.

Pages: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_<Action>.html
"""

from __future__ import annotations

from emulator.handler import AwsError, Call, Params, emulates


@emulates("logs", "PutQueryDefinition")
def put_query(call: Call) -> Params:
    """Save a query under a new id, or change the one whose id is sent."""
    query_id = call.params.get("queryDefinitionId") or call.store.fresh_id()
    call.table("queries")[query_id] = {
        "queryDefinitionId": query_id,
        **call.pick("name", "queryString", "logGroupNames", "queryLanguage"),
    }
    return {"queryDefinitionId": query_id}


@emulates("logs", "DescribeQueryDefinitions")
def describe_queries(call: Call) -> Params:
    """Give the saved queries whose name starts with the prefix."""
    prefix = call.params.get("queryDefinitionNamePrefix", "")
    queries = call.table("queries").values()
    return {"queryDefinitions": [query for query in queries if query["name"].startswith(prefix)]}


@emulates("logs", "DeleteQueryDefinition")
def delete_query(call: Call) -> Params:
    """Forget a saved query."""
    if call.table("queries").pop(call.params["queryDefinitionId"], None) is None:
        raise AwsError("ResourceNotFoundException", "The specified query definition does not exist.", 400)
    return {"success": True}


def _group(call: Call) -> str:
    name: str = call.params["logGroupIdentifier"].removesuffix(":*").rpartition("log-group:")[2]
    if name not in call.backend().groups:
        raise AwsError("ResourceNotFoundException", "The specified log group does not exist.", 400)
    return name


@emulates("logs", "PutDataProtectionPolicy")
def put_protection(call: Call) -> Params:
    """Set the policy that masks sensitive data in a log group."""
    group = _group(call)
    call.table("protection")[group] = {
        **call.pick("logGroupIdentifier", "policyDocument"),
        "lastUpdatedTime": int(call.now().timestamp() * 1000),
    }
    return dict(call.table("protection")[group])


@emulates("logs", "GetDataProtectionPolicy")
def get_protection(call: Call) -> Params:
    """Give the policy of a log group; without one the answer names the group only."""
    return dict(call.table("protection").get(_group(call), call.pick("logGroupIdentifier")))


@emulates("logs", "DeleteDataProtectionPolicy")
def delete_protection(call: Call) -> None:
    """Remove the policy of a log group."""
    call.table("protection").pop(_group(call), None)
