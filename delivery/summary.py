"""A short readable account of what was deployed, asked of AWS itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import boto3
from rich import box
from rich.console import Console
from rich.table import Table


def show(outputs: Mapping[str, str], endpoint_url: str | None = None, console: Console | None = None) -> None:
    """Print what the API says about the things that the outputs name."""
    table = Table(box=box.ASCII, title=f"{outputs['environment']} in {outputs['region']}", title_justify="left")
    table.add_column("part")
    table.add_column("what is there")
    for part, text in rows(outputs, _clients(outputs, endpoint_url)):
        table.add_row(part, text)
    (console or Console()).print(table)


def rows(outputs: Mapping[str, str], client: Any) -> list[tuple[str, str]]:
    """One row a part; `client` gives the boto3 client of a service."""
    database = client("rds").describe_db_instances(DBInstanceIdentifier=outputs["database_identifier"])
    instance = database["DBInstances"][0]
    cache = client("elasticache").describe_replication_groups(ReplicationGroupId=outputs["cache_group_id"])
    group = cache["ReplicationGroups"][0]
    topic = outputs["alerts_topic_arn"]
    names = [value for key, value in outputs.items() if key.endswith("_service_name")]
    described = client("ecs").describe_services(cluster=outputs["cluster_name"], services=names)["services"]
    alarms = client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmTypes=["MetricAlarm"])
    told = [alarm for page in alarms for alarm in page["MetricAlarms"] if topic in alarm["AlarmActions"]]
    subnets = client("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [outputs["vpc_id"]]}])["Subnets"]
    zones = {subnet["AvailabilityZone"] for subnet in subnets}
    return [
        ("network", f"{outputs['vpc_id']}, {len(subnets)} subnets in {len(zones)} zones"),
        *(("service", f"{service['serviceName']}, {service['desiredCount']} tasks") for service in described),
        ("entrance", outputs.get("load_balancer_dns_name", "none")),
        ("database", f"{instance['DBInstanceIdentifier']}, {instance['DBInstanceClass']}, {_zones(instance)}"),
        ("cache", f"{group['ReplicationGroupId']}, {len(group['MemberClusters'])} nodes of {group['CacheNodeType']}"),
        ("alarms", f"{len(told)} alarms to {topic.rsplit(':', 1)[-1]}"),
        ("backup", f"plan {outputs['backup_plan_id']} into {outputs['backup_vault_name']}"),
    ]


def _zones(instance: Mapping[str, Any]) -> str:
    return "Multi-AZ" if instance["MultiAZ"] else "one zone"


def _clients(outputs: Mapping[str, str], endpoint_url: str | None) -> Any:
    """boto3 clients for the account: its own credentials on AWS, its number on the emulator."""
    session = boto3.Session(
        region_name=outputs["region"],
        aws_access_key_id=outputs["account_id"] if endpoint_url else None,
        aws_secret_access_key="emulated" if endpoint_url else None,
    )

    def client(service: str) -> Any:
        return session.client(service, endpoint_url=endpoint_url)  # type: ignore[call-overload]

    return client
