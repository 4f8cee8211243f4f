"""What is left of an environment that was taken down, in its account and on the machine it was deployed from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

Client = Callable[[str], Any]

LISTED = {
    "alarms": ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    "buckets": ("s3", "list_buckets", "Buckets", "Name"),
    "caches": ("elasticache", "describe_replication_groups", "ReplicationGroups", "ReplicationGroupId"),
    "databases": ("rds", "describe_db_instances", "DBInstances", "DBInstanceIdentifier"),
    "load balancers": ("elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerName"),
    "log groups": ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    "queues": ("sqs", "list_queues", "QueueUrls", None),
    "repositories": ("ecr", "describe_repositories", "repositories", "repositoryName"),
    "roles": ("iam", "list_roles", "Roles", "RoleName"),
    "secrets": ("secretsmanager", "list_secrets", "SecretList", "Name"),
    "topics": ("sns", "list_topics", "Topics", "TopicArn"),
    "trails": ("cloudtrail", "list_trails", "Trails", "Name"),
    "vaults": ("backup", "list_backup_vaults", "BackupVaultList", "BackupVaultName"),
}
"""By kind: the client, the question, where the answers are, and what each is called."""


def left_over(client: Client) -> dict[str, list[str]]:
    """The names of what is still there, by kind; roles that AWS made for itself are not counted."""
    found = {kind: list(_listed(client, *asked)) for kind, asked in LISTED.items()}
    found["roles"] = [name for name in found["roles"] if name.startswith("payflow-")]
    kms, ecs = client("kms"), client("ecs")
    keys = [kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"] for key in kms.list_keys()["Keys"]]
    clusters = ecs.describe_clusters(clusters=ecs.list_clusters()["clusterArns"])["clusters"]
    vpcs = client("ec2").describe_vpcs(Filters=[{"Name": "tag:Project", "Values": ["payflow"]}])["Vpcs"]
    snapshots = client("rds").describe_db_snapshots()["DBSnapshots"]
    return {
        **found,
        "clusters": [one["clusterName"] for one in clusters if one["status"] == "ACTIVE"],
        "final snapshots": [one["DBSnapshotIdentifier"] for one in snapshots],
        "keys in use": [
            "state" if "state" in key["Description"] else key["Description"]
            for key in keys
            if key["KeyState"] == "Enabled" and key["KeyManager"] == "CUSTOMER"
        ],
        "vpcs": [vpc["VpcId"] for vpc in vpcs],
    }


def _listed(client: Client, service: str, question: str, answers: str, name: str | None) -> Iterator[str]:
    asked = client(service)
    pages = asked.get_paginator(question).paginate() if asked.can_paginate(question) else [getattr(asked, question)()]
    for page in pages:
        for one in page.get(answers, ()):
            yield one[name] if name else one


def running_in(folder: Path) -> list[str]:
    """The processes that work in a folder or were told of it, whoever their parent is by now."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if (process / "cwd").readlink().is_relative_to(folder) or str(folder) in command:
                found.append(command)
    return found
