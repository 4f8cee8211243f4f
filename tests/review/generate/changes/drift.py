"""What was changed behind Terraform's back, and what Terraform says of it."""

from __future__ import annotations

from typing import Any

from tests.review.generate.change import HUMAN, REFRESHED, SAFE, Client, Undo, change
from tests.review.generate.stack import Stack

LOG = "aws_cloudwatch_log_group.payments_log_group"
SERVICE = "aws_ecs_service.payments_service"
ALARM = "aws_cloudwatch_metric_alarm.monitoring_database-storage"
INSTANCE = "aws_db_instance.database_instance"
REFRESH_ONLY = ("-refresh-only",)


def _values(stack: Stack, path: str) -> Any:
    return stack.deployed[stack.address(path)]


def _retention_cut(client: Client, stack: Stack) -> Undo:
    name = _values(stack, "payments/log/group")["name"]
    logs = client("logs")
    logs.put_retention_policy(logGroupName=name, retentionInDays=1)
    return lambda: logs.put_retention_policy(logGroupName=name, retentionInDays=90)


def _tagged(client: Client, stack: Stack) -> Undo:
    url = _values(stack, "receipts/queue")["url"]
    sqs = client("sqs")
    sqs.tag_queue(QueueUrl=url, Tags={"Touched": "by-hand"})
    return lambda: sqs.untag_queue(QueueUrl=url, TagKeys=["Touched"])


def _door_opened(client: Client, stack: Stack) -> Undo:
    group = _values(stack, "database/connections/group")["id"]
    door = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2 = client("ec2")
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[door])
    return lambda: ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[door])


def _scaled(client: Client, stack: Stack) -> Undo:
    service = _values(stack, "payments/service")
    ecs = client("ecs")

    def run(tasks: int) -> None:
        ecs.update_service(cluster=service["cluster"], service=service["name"], desiredCount=tasks)

    run(5)
    return lambda: run(2)


def _alarm_deleted(client: Client, stack: Stack) -> Undo:
    values = _values(stack, "monitoring/database-storage")
    cloudwatch = client("cloudwatch")
    alarm = cloudwatch.describe_alarms(AlarmNames=[values["alarm_name"]])["MetricAlarms"][0]
    tags = [{"Key": key, "Value": value} for key, value in values["tags_all"].items()]
    made = ("AlarmArn", "AlarmConfigurationUpdatedTimestamp", "StateTransitionedTimestamp")
    again = {key: value for key, value in alarm.items() if key not in made and not key.startswith("State")}
    again["Statistic"] = values["statistic"]
    cloudwatch.delete_alarms(AlarmNames=[values["alarm_name"]])
    return lambda: cloudwatch.put_metric_alarm(**again, Tags=tags)


def _database_changed(client: Client, stack: Stack) -> Undo:
    name = _values(stack, "database/instance")["identifier"]
    rds = client("rds")

    def modify(*, days: int, protected: bool) -> None:
        rds.modify_db_instance(
            DBInstanceIdentifier=name,
            BackupRetentionPeriod=days,
            DeletionProtection=protected,
            ApplyImmediately=True,
        )

    modify(days=1, protected=False)
    return lambda: modify(days=14, protected=True)


@change(HUMAN, ("drift", LOG), arguments=REFRESH_ONLY, deed=_retention_cut)
def drift_of_retention_is_seen(stack: Stack) -> None:
    """Somebody cut the retention of a log to one day; nothing else is asked."""
    del stack


@change(
    HUMAN,
    ("drift", LOG),
    ("drift-noise", INSTANCE),
    ("protection-added", LOG),
    arguments=REFRESHED,
    deed=_retention_cut,
)
def drift_of_retention_is_put_right(stack: Stack) -> None:
    """Somebody cut the retention of a log to one day; the plan puts it back to 90."""
    del stack


@change(HUMAN, ("drift", "aws_sqs_queue.receipts_queue"), arguments=REFRESHED, deed=_tagged)
def drift_of_a_tag_is_put_right(stack: Stack) -> None:
    """Somebody tagged a queue by hand; the plan takes the tag away."""
    del stack


@change(
    HUMAN,
    ("drift", "aws_security_group.database_connections_group"),
    ("access-widened", "aws_security_group.database_connections_group"),
    arguments=REFRESH_ONLY,
    deed=_door_opened,
)
def drift_opens_the_database(stack: Stack) -> None:
    """Somebody let everybody into the database by hand; the plan would only take note."""
    del stack


@change(SAFE, ("drift-noise", SERVICE), arguments=REFRESH_ONLY, deed=_scaled)
def drift_of_autoscaling_is_noise(stack: Stack) -> None:
    """Autoscaling runs five tasks of payments rather than two, as it should."""
    del stack


@change(HUMAN, ("drift", ALARM), ("created", ALARM), arguments=REFRESHED, deed=_alarm_deleted)
def drift_deleted_an_alarm(stack: Stack) -> None:
    """Somebody deleted an alarm by hand; the plan makes it again."""
    del stack


@change(HUMAN, ("drift", INSTANCE), ("protection-added", INSTANCE), arguments=REFRESHED, deed=_database_changed)
def drift_of_the_database_is_put_right(stack: Stack) -> None:
    """Somebody switched deletion protection off and cut the backups to one day; the plan puts both back."""
    del stack


@change(
    HUMAN,
    ("drift", LOG),
    ("drift-noise", SERVICE),
    ("updated", "aws_cloudwatch_metric_alarm.monitoring_database-storage"),
    arguments=REFRESHED,
    deed=lambda client, stack: _both(_retention_cut(client, stack), _scaled(client, stack)),
)
def drift_and_noise_and_a_change(stack: Stack) -> None:
    """Retention was cut by hand, autoscaling ran more tasks, and the code describes an alarm in other words."""
    stack.set("monitoring/database-storage", alarm_description="The disk of the database is nearly full.")


def _both(one: Undo, other: Undo) -> Undo:
    def undo() -> None:
        one()
        other()

    return undo
