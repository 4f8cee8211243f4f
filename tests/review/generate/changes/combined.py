"""Several changes at once, and plans that are not the whole or made by force."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, UNREFRESHED, change
from tests.review.generate.stack import Stack

INSTANCE = "aws_db_instance.database_instance"
GROUP = "aws_elasticache_replication_group.cache_group"
TASK = "aws_ecs_task_definition.payments_task_definition"
FROM_SOURCE = "aws_vpc_security_group_ingress_rule.database_connections_from-source"


@change(
    HUMAN,
    ("replaced", TASK),
    ("downtime", INSTANCE),
    ("cost-up", INSTANCE),
    ("protection-removed", "aws_cloudwatch_metric_alarm.monitoring_database-cpu"),
)
def release_grows_the_database_and_drops_an_alarm(stack: Stack) -> None:
    """A release takes a larger database and, unsaid, an alarm away."""
    stack.replace("payments/task/definition", "container_definitions", ":1.4.3", ":1.5.0")
    stack.set("database/instance", instance_class="db.r6g.large")
    stack.remove("monitoring/database-cpu")


@change(
    BLOCKED,
    ("data-replaced", GROUP),
    ("access-widened", "aws_vpc_security_group_ingress_rule.cache_connections_from-payments"),
    ("updated", "aws_sqs_queue.receipts_dead-letters"),
)
def tags_hide_an_open_cache(stack: Stack) -> None:
    """Among fifty new tags the cache is renamed, which empties it, and opened to the internet."""
    for kind in ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_log_group", "aws_sqs_queue", "aws_iam_role"):
        for path in stack.paths(kind):
            stack.set(path, tags={"Reviewed": "2026"})
    stack.set("cache/group", replication_group_id="payflow-sessions-staging")
    stack.without("cache/connections/from-payments", "referenced_security_group_id")
    stack.set("cache/connections/from-payments", cidr_ipv4="0.0.0.0/0")


@change(
    SAFE,
    ("replaced", TASK),
    ("protection-added", "aws_db_instance.database_instance"),
    ("moved", "aws_cloudwatch_dashboard.board"),
)
def three_good_things(stack: Stack) -> None:
    """A new image, longer backups, and a dashboard that is renamed and said to be."""
    stack.replace("payments/task/definition", "container_definitions", ":1.4.3", ":1.5.0")
    stack.set("database/instance", backup_retention_period=35)
    stack.rename("monitoring/dashboard", "board", moved=True)


@change(
    HUMAN,
    ("deleted", "aws_ecs_service.notifications_service"),
    ("downtime", "aws_ecs_service.notifications_service"),
    ("cost-down", "aws_ecs_service.notifications_service"),
)
def a_service_is_given_up(stack: Stack) -> None:
    """The service of notifications and its scaling are removed; its log and its images stay."""
    stack.remove(*stack.below("notifications/scaling"), "notifications/service")


@change(
    HUMAN,
    ("created", FROM_SOURCE),
    ("unknown", FROM_SOURCE),
    ("access-widened", FROM_SOURCE),
)
def source_is_known_after_apply(stack: Stack) -> None:
    """One more rule opens the database to an address that exists after the apply only."""
    stack.add("aws_eip", "office_address", domain="vpc")
    stack.add(
        "aws_vpc_security_group_ingress_rule",
        "database_connections_from-source",
        security_group_id=f"${{{stack.address('database/connections/group')}.id}}",
        cidr_ipv4="${aws_eip.office_address.public_ip}/32",
        ip_protocol="tcp",
        from_port=5432,
        to_port=5432,
    )


@change(HUMAN, ("created", "aws_sns_topic.receipts_done"), ("created", "aws_sns_topic_subscription.receipts_done"))
def topic_is_added(stack: Stack) -> None:
    """A new encrypted topic with a subscription, and without the policy that refuses plain HTTP."""
    key = stack.address("alerts-key/key")
    stack.add("aws_sns_topic", "receipts_done", name="payflow-receipts-done", kms_master_key_id=f"${{{key}.arn}}")
    stack.add(
        "aws_sns_topic_subscription",
        "receipts_done",
        topic_arn="${aws_sns_topic.receipts_done.arn}",
        protocol="email",
        endpoint="books@payflow.example",
    )


@change(
    HUMAN,
    ("replaced", "aws_ecs_task_definition.ledger_task_definition"),
    ("protection-removed", "aws_db_instance.database_instance"),
    arguments=(*UNREFRESHED, "-target=aws_ecs_task_definition.ledger_task_definition_F4D2A964"),
)
def only_a_target(stack: Stack) -> None:
    """The ledger's image is planned alone; the database it stands on changes with it, as with every target."""
    stack.replace("ledger/task/definition", "container_definitions", ":1.2.9", ":1.3.0")
    stack.set("database/instance", multi_az=False)


@change(
    HUMAN,
    ("data-replaced", INSTANCE),
    ("downtime", INSTANCE),
    arguments=(*UNREFRESHED, "-replace=aws_db_instance.database_instance_D7FC2283"),
)
def database_is_replaced_by_force(stack: Stack) -> None:
    """The code is what is deployed; the plan is asked to replace the database."""
    del stack


@change(
    SAFE,
    ("replaced", "aws_cloudwatch_dashboard.monitoring_dashboard"),
    arguments=(*UNREFRESHED, "-replace=aws_cloudwatch_dashboard.monitoring_dashboard_4CE328EF"),
)
def dashboard_is_replaced_by_force(stack: Stack) -> None:
    """The code is what is deployed; the plan is asked to replace the dashboard."""
    del stack


@change(BLOCKED, ("data-destroyed", INSTANCE), ("data-destroyed", GROUP), arguments=(*UNREFRESHED, "-destroy"))
def everything_is_destroyed(stack: Stack) -> None:
    """The whole environment is destroyed: the database leaves a snapshot, queues and logs leave nothing."""
    del stack


@change(SAFE, ("created", INSTANCE), ("created", GROUP), from_nothing=True)
def everything_is_made(stack: Stack) -> None:
    """The first day of staging: everything is made, nothing is lost."""
    del stack
