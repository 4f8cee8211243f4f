"""Alarms are demanded of every kind of service that carries payments, and asked for metrics that exist."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import parse
from planproof.engine import judge
from planproof.reading.metrics import PUBLISHED
from planproof.rules import rules
from planproof.settings import Settings

RULES = {rule.id: rule for rule in rules()}


def said(resources: dict[str, Any], *names: str) -> list[tuple[str, str]]:
    """Who is blamed, and where, by some rules in one environment."""
    document = parse({"resource": resources}, name="prod", source="prod")
    found = judge((document,), [RULES[name] for name in names], Settings()).findings
    return [(one.resource.address, one.path) for one in found]


@pytest.mark.parametrize(
    ("kind", "rule", "metrics"),
    [
        ("aws_rds_cluster", "unwatched-cluster", {"CPUUtilization", "FreeableMemory", "DatabaseConnections"}),
        ("aws_docdb_cluster", "unwatched-cluster", {"CPUUtilization", "FreeableMemory", "DatabaseConnections"}),
        ("aws_neptune_cluster", "unwatched-cluster", {"CPUUtilization", "FreeableMemory"}),
        ("aws_nat_gateway", "unwatched-nat-gateway", {"ErrorPortAllocation"}),
        ("aws_lambda_function", "unwatched-function", {"Errors", "Throttles"}),
        ("aws_dynamodb_table", "unwatched-table", {"ThrottledRequests", "SystemErrors"}),
        ("aws_redshift_cluster", "unwatched-warehouse", {"CPUUtilization", "PercentageDiskSpaceUsed", "HealthStatus"}),
        ("aws_opensearch_domain", "unwatched-search-domain",
         {"ClusterStatus.red", "FreeStorageSpace", "CPUUtilization", "JVMMemoryPressure"}),
        ("aws_api_gateway_rest_api", "unwatched-api", {"5XXError", "Latency"}),
        ("aws_apigatewayv2_api", "unwatched-api", {"5xx", "Latency"}),
    ],
)  # fmt: skip
def test_alarms_are_demanded(kind: str, rule: str, metrics: set[str]) -> None:
    """A service that nobody watches fails in silence; each metric that is missing is named."""
    assert {path for _, path in said({kind: {"it": {}}}, rule)} == metrics


def test_alarm_on_an_instance_watches_its_cluster() -> None:
    """Whoever watches the writer watches Aurora; an alarm on another database does not."""
    cluster = {
        "aws_rds_cluster": {"ledger": {"cluster_identifier": "ledger"}},
        "aws_rds_cluster_instance": {
            "writer": {"identifier": "writer", "cluster_identifier": "${aws_rds_cluster.ledger.id}"}
        },
    }
    metrics = ("CPUUtilization", "FreeableMemory", "DatabaseConnections")
    for name, expected in (("${aws_rds_cluster_instance.writer.id}", 0), ("writer", 0), ("another", 3)):
        alarms = {
            metric: {
                "namespace": "AWS/RDS",
                "metric_name": metric,
                "dimensions": {"DBInstanceIdentifier": name},
            }
            for metric in metrics
        }
        found = said({**cluster, "aws_cloudwatch_metric_alarm": alarms}, "unwatched-cluster")

        assert len(found) == expected, name


@pytest.mark.parametrize(
    ("space", "metric", "dimensions", "wrong"),
    [
        ("AWS/Lambda", "Errors", "FunctionName", []),
        ("AWS/Lambda", "Errorz", "FunctionName", ["metric_name"]),
        ("AWS/Lambda", "Errors", "Functoin", ["dimensions"]),
        ("AWS/DynamoDB", "SystemErrors", "TableName Operation", []),
        ("AWS/DynamoDB", "ThrottledRequest", "TableName", ["metric_name"]),
        ("AWS/DocDB", "CPUUtilization", "DBInstanceIdentifier", []),
        ("AWS/DocDB", "CPUUtilization", "DBInstance", ["dimensions"]),
        ("AWS/Redshift", "WLMQueueLength", "ClusterIdentifier QueueName", []),
        ("AWS/Redshift", "DiskSpaceUsed", "ClusterIdentifier", ["metric_name"]),
        ("AWS/ES", "KNNCacheCapacityReached", "ClientId DomainName NodeId", []),
        ("AWS/ES", "ClusterStatus.red", "DomainName", ["dimensions"]),
        ("AWS/ES", "ClusterStatusRed", "ClientId DomainName", ["metric_name"]),
        ("AWS/ApiGateway", "5XXError", "ApiName Stage", []),
        ("AWS/ApiGateway", "5XXErrors", "ApiName", ["metric_name"]),
        ("AWS/RDS", "AuroraReplicaLagMaximum", "DBClusterIdentifier", []),
        ("AWS/RDS", "Aurora_pq_request_throttled", "DBClusterIdentifier Role", []),
        ("AWS/NATGateway", "ErrorPortAllocation", "NatGatewayId AvailabilityZone", []),
        ("AWS/ElastiCache", "GetTypeCmds", "CacheClusterId CacheNodeId", []),
        ("AWS/lambda", "Errors", "FunctionName", ["namespace"]),
        ("AWS/OpenSearch", "CPUUtilization", "ClientId DomainName", ["namespace"]),
        ("AWS/Kinesis", "WhateverItIs", "StreamName", []),
    ],
)  # fmt: skip
def test_alarm_asks_for_what_aws_publishes(space: str, metric: str, dimensions: str, wrong: list[str]) -> None:
    """An alarm on a misspelt metric is green for ever, whatever the service."""
    alarm = {"namespace": space, "metric_name": metric, "dimensions": dict.fromkeys(dimensions.split(), "it")}
    found = said({"aws_cloudwatch_metric_alarm": {"one": alarm}}, "unknown-metric", "unknown-dimension")

    assert [path for _, path in found] == wrong


def test_every_vital_is_published() -> None:
    """A rule never demands an alarm that another rule would call an alarm on nothing."""
    for rule in RULES.values():
        if not rule.id.startswith("unwatched-"):
            continue
        for alarm in (rule.specimen or {}).get("resource", {}).get("aws_cloudwatch_metric_alarm", {}).values():
            known = PUBLISHED.get(alarm["namespace"])
            assert known is None or known.has(alarm["metric_name"]), (rule.id, alarm)
            assert known is None or known.keeps(alarm["dimensions"]), (rule.id, alarm)
