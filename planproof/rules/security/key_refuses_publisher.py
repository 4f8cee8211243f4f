"""A key does not let a service publish to the topic or queue that it encrypts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import ABSENT, Document, Resource
from planproof.reading.key_policies import must_let, users
from planproof.rule import Mutation, Outcome, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


PUBLISHERS: Final = {
    "aws_backup_vault_notifications": "backup.amazonaws.com",
    "aws_budgets_budget": "budgets.amazonaws.com",
    "aws_cloudwatch_event_target": "events.amazonaws.com",
    "aws_cloudwatch_metric_alarm": "cloudwatch.amazonaws.com",
    "aws_codestarnotifications_notification_rule": "codestar-notifications.amazonaws.com",
    "aws_s3_bucket_notification": "s3.amazonaws.com",
}
SENDERS: Final = {
    "aws_cloudwatch_event_target": "events.amazonaws.com",
    "aws_s3_bucket_notification": "s3.amazonaws.com",
    "aws_sns_topic_subscription": "sns.amazonaws.com",
}


def is_used(key: Resource, document: Document) -> bool:
    """Whether a topic is encrypted with a key."""
    return bool(users(key, "aws_sns_topic", "kms_master_key_id", document))


def check(key: Resource, document: Document) -> Iterator[Outcome]:
    """Every service that publishes to a topic under the key may use the key."""
    services: dict[str, None] = {}
    for topic in users(key, "aws_sns_topic", "kms_master_key_id", document):
        for kind, service in PUBLISHERS.items():
            if document.referrers(topic, kind):
                services[service] = None
    for queue in users(key, "aws_sqs_queue", "kms_master_key_id", document):
        for kind, service in SENDERS.items():
            if document.referrers(queue, kind):
                services[service] = None
    for service in services:
        yield from must_let(key, service, ("kms:GenerateDataKey", "kms:Decrypt"), {}, document)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_kms_key",),
    why="The alarm fires and nobody is told: CloudWatch may not encrypt the message and drops it.",
    fix="Let the publishing services use the key with a condition on aws:SourceAccount; modules.topic.Topic does.",
    docs="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    controls=("pci-dss-4.0.1/10.7.2", "pci-dss-4.0.1/12.10.5"),
    check=check,
    mutations=(
        Mutation("policy.Statement.1.Principal.Service", "ec2.amazonaws.com", at="policy", on=is_used),
        Mutation("policy.Statement.2.Effect", "Deny", at="policy", on=is_used),
        Mutation("policy.Statement.3.Action", ["kms:Decrypt"], at="policy", on=is_used),
        Mutation(
            "policy.Statement.4.Condition",
            {"StringEquals": {"aws:SourceAccount": "999999999999"}},
            at="policy",
            on=is_used,
        ),
        Mutation("policy", ABSENT, on=is_used),
    ),
)
